module com.example.app {
    requires io.tempfile4j;

    exports com.example.app;
}

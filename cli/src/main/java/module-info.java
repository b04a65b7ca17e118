/** The command line of tempfile4j. */
@org.jspecify.annotations.NullMarked
module io.tempfile4j.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires io.tempfile4j;

    opens io.tempfile4j.cli to
            info.picocli;
}

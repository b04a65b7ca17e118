/**
 * Temporary files and directories in tests with JUnit Jupiter.
 *
 * <p>Start at {@link io.tempfile4j.junit}.
 */
@org.jspecify.annotations.NullMarked
module io.tempfile4j.junit {
    requires transitive io.tempfile4j;
    requires static org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires java.management;

    exports io.tempfile4j.junit;

    opens io.tempfile4j.junit to
            org.junit.platform.commons;
}

/**
 * Temporary files and directories that are private, unguessable and gone afterwards.
 *
 * <p>Start at {@link io.tempfile4j}.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the command line is compiled after this
module io.tempfile4j {
    requires static jdk.jfr;
    requires static transitive org.jspecify;

    exports io.tempfile4j;
    exports io.tempfile4j.internal.journal to
            io.tempfile4j.cli;
    exports io.tempfile4j.internal.platform to
            io.tempfile4j.cli;
}

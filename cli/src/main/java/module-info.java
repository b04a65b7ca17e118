/** The command line of tempfile4j. */
@org.jspecify.annotations.NullMarked
module io.tempfile4j.cli {
    requires static org.jspecify;
    requires com.google.gson;
    requires info.picocli;
    requires io.tempfile4j;
    requires jdk.unsupported; // sun.misc.Signal

    opens io.tempfile4j.cli to
            info.picocli;

    provides System.LoggerFinder with
            io.tempfile4j.cli.Warnings;
}

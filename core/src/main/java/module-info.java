/**
 * Temporary files and directories that are private, unguessable and gone afterwards.
 *
 * <p>Start at {@link io.tempfile4j}.
 */
@org.jspecify.annotations.NullMarked
module io.tempfile4j {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.tempfile4j;
}

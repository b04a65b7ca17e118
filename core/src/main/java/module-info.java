/**
 * Temporary files and directories that are private, unguessable and gone afterwards.
 *
 * <p>Start at {@link io.tempfile4j}.
 *
 * <p><b>Native access.</b> On Linux, with JDK 22 or later, the library makes its system calls itself when it is granted
 * that: {@code --enable-native-access=io.tempfile4j}, or {@code ALL-UNNAMED} when it is on the class path. Without it, and
 * until the calls are linked, all works by {@code java.nio}, and nothing is printed.
 *
 * <p><b>System properties</b>, all optional: {@code tempfile4j.dir}, the directory for temporary files, see {@link
 * io.tempfile4j.Tempfile#gettempdir()}; {@code tempfile4j.backend}, {@code auto}, {@code native}, from the first
 * file on, or {@code portable}; {@code tempfile4j.leaks}, {@code trace} has leak reports tell where a thing was made; {@code tempfile4j.journal}, the
 * directory for crash journals, or {@code off}; {@code tempfile4j.refresh}, how often what is alive is kept from looking
 * old to the system's cleaners, {@code PT12H}, or {@code PT0S} for never; {@code tempfile4j.end}, the time limit for
 * removal at the end of the JVM, {@code PT5S}, see {@link io.tempfile4j.TempSpace#holdEnd}.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the command line is compiled after this
module io.tempfile4j {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.tempfile4j;
    exports io.tempfile4j.internal.journal to
            io.tempfile4j.cli;
    exports io.tempfile4j.internal.platform to
            io.tempfile4j.cli;
}

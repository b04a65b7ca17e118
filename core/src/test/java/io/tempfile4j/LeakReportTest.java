package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is said of things that nobody closed, in processes of their own. */
class LeakReportTest extends CrashSuite {

    static final class Leaks {
        public static void main(String[] args) throws IOException {
            TempSpace space = TempSpace.system();
            int count = Integer.parseInt(args[0]);
            for (int i = 0; i < count; i++) {
                culprit();
            }
            for (int i = 0; i < 2_000 && space.stats().alive() > 0; i++) {
                System.gc();
                LockSupport.parkNanos(1_000_000);
            }
            System.out.println("leaked " + space.stats().leaked() + ", alive "
                    + space.stats().alive());
        }

        private static void culprit() throws IOException {
            NamedTemporaryFile.create("forgotten", "");
        }

        private Leaks() {}
    }

    @Test
    @Behaviour(380)
    void leak_traced_namesTheCulprit() throws Exception {
        ChildJvm.Result result =
                child(Leaks.class, "1").options("-Dtempfile4j.leaks=trace").run();
        assertThat(result.output())
                .contains("never closed", space + "/forgotten", "LeakReportTest$Leaks.culprit", "leaked 1, alive 0");
    }

    @Test
    @Behaviour(380)
    void leak_notTraced_isReportedWithoutAStack() throws Exception {
        ChildJvm.Result result = child(Leaks.class, "1").run();
        assertThat(result.output())
                .contains("never closed", space + "/forgotten", "leaked 1, alive 0")
                .doesNotContain("culprit");
    }

    /** A program that forgets all its files does not fill its log with it. */
    @Test
    void leak_thousands_areCountedAndAFewAreReported() throws Exception {
        ChildJvm.Result result = child(Leaks.class, "5000").run();
        assertThat(result.output()).contains("leaked 5000, alive 0").containsOnlyOnce("is only counted for 10 s");
        assertThat(result.lines())
                .filteredOn(line -> line.contains("never closed, removed"))
                .hasSizeBetween(50, 500);
        assertThat(space).isEmptyDirectory();
    }
}

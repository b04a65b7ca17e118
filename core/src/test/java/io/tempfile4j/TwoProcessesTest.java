package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Group C: processes that begin at the same moment do not come upon the same names. */
class TwoProcessesTest extends ProcessSuite {

    /** Makes files as soon as it is told to, and prints their names. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            if (System.in.read() < 0) {
                throw new AssertionError("nobody is there");
            }
            for (int i = 0; i < 100; i++) {
                try (MkstempResult file = space.mkstemp("", "")) {
                    System.out.println(file.path().getFileName());
                }
            }
        }

        private Main() {}
    }

    @Test
    @Behaviour(45)
    void mkstemp_twoProcessesAtOnce_drawDifferentNames() throws Exception {
        Path first = directory("first");
        Path second = directory("second");
        List<Process> children = List.of(
                ChildJvm.of(Main.class).args(first.toString()).start(),
                ChildJvm.of(Main.class).args(second.toString()).start());
        for (Process child : children) {
            try (OutputStream go = child.getOutputStream()) {
                go.write('\n');
            }
        }
        List<String> names = new ArrayList<>();
        for (Process child : children) {
            new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(names::add);
            assertThat(child.waitFor()).as("%s", names).isZero();
        }
        assertThat(names).hasSize(200).doesNotHaveDuplicates();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** The events that the JDK's Flight Recorder gets, in a process of its own. */
class FlightRecorderTest extends CrashSuite {

    static final class Records {
        public static void main(String[] args) throws Exception {
            try (Recording recording = new Recording()) {
                recording.start();
                // From here on the dead may be reaped.
                TempSpace space = TempSpace.in(Path.of(args[0]));
                space.namedTemporaryFile("closed", "").close();
                try (TemporaryDirectory kept = space.temporaryDirectory("kept", "")) {
                    kept.keep();
                }
                space.namedTemporaryFile("leaked", "");
                for (int i = 0; i < 2_000 && space.stats().removed() < 2; i++) {
                    System.gc();
                    LockSupport.parkNanos(1_000_000);
                }
                TempSpace.reapOrphans();
                recording.stop();
                recording.dump(Path.of(args[1]));
            }
        }

        private Records() {}
    }

    @Test
    void recording_whileThingsAreMadeAndRemoved_hasAnEventForEach() throws Exception {
        kill(child(CrashTest.MakesAndPrints.class));
        Path elsewhere = directory("elsewhere");
        Path file = scratch.resolve("recording.jfr");
        ChildJvm.Result result =
                child(Records.class, elsewhere.toString(), file.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        List<String> events = read(file);
        assertThat(events)
                .filteredOn(event -> event.startsWith("Create"))
                .satisfiesExactlyInAnyOrder(
                        event -> assertThat(event).contains("a named file", elsewhere + "/closed"),
                        event -> assertThat(event).contains("a directory", elsewhere + "/kept"),
                        event -> assertThat(event).contains("a named file", elsewhere + "/leaked"));
        assertThat(events)
                .filteredOn(event -> event.startsWith("Remove"))
                .satisfiesExactlyInAnyOrder(
                        event -> assertThat(event).contains(elsewhere + "/closed"),
                        event -> assertThat(event).contains(elsewhere + "/leaked"));
        assertThat(events)
                .filteredOn(event -> event.startsWith("Leak"))
                .satisfiesExactly(event -> assertThat(event).contains(elsewhere + "/leaked"));
        assertThat(events)
                .filteredOn(event -> event.startsWith("Reap"))
                .hasSize(2)
                .allMatch(event -> event.contains(space.toString()));
    }

    private static List<String> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.tempfile4j."))
                .map(FlightRecorderTest::text)
                .toList();
    }

    private static String text(RecordedEvent event) {
        String name = event.getEventType().getName().substring("io.tempfile4j.".length());
        return name.equals("Reap")
                ? name + " " + event.getString("path")
                : name + " " + event.getString("kind") + " " + event.getString("what");
    }

    static final class MakesOne {
        public static void main(String[] args) throws IOException {
            try (NamedTemporaryFile file = NamedTemporaryFile.create()) {
                System.out.println(Files.exists(file.path()));
            }
            System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        }

        private MakesOne() {}
    }

    /** A run-time image without it is as good. */
    @Test
    void make_withoutTheRecordersModule_works() throws Exception {
        ChildJvm.Result result =
                child(MakesOne.class).options("--limit-modules", "java.base").run();
        assertThat(result.lines()).containsExactly("true", "false");
    }

    @Test
    void make_whileNothingIsRecorded_loadsNoEventClass() throws Exception {
        ChildJvm.Result result =
                child(MakesOne.class).options("-Xlog:class+load").run();
        assertThat(result.output())
                .contains("io.tempfile4j.internal.events.Events")
                .contains("true");
        assertThat(result.output()).doesNotContain("CreateEvent").doesNotContain("RemoveEvent");
    }
}

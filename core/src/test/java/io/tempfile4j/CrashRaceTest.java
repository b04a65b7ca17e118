package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.internal.journal.Inventory;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed at any moment, and reapers among the living. */
class CrashRaceTest extends CrashSuite {

    /** Threads make, close and keep; what is kept is said before and after. */
    static final class Busy {
        private static final int THREADS = 4;
        private static final CountDownLatch KEPT_ONE = new CountDownLatch(1);

        public static void main(String[] args) throws Exception {
            TempSpace space = TempSpace.in(Path.of(args[0]));
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> work(space));
                thread.setDaemon(true);
                thread.start();
            }
            KEPT_ONE.await();
            readyAndWait();
        }

        private static void work(TempSpace space) {
            try {
                while (true) {
                    List<AutoCloseable> open = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        for (Making making : Making.values()) {
                            if (making != Making.MKSTEMP && making != Making.MKDTEMP) {
                                open.add(making.in(space));
                            }
                        }
                        TemporaryDirectory tree = space.temporaryDirectory("tree", "");
                        Files.writeString(tree.resolve("file"), "content");
                        open.add(tree);
                    }
                    NamedTemporaryFile kept = space.namedTemporaryFile("kept", "");
                    System.out.println("keeping " + kept.path());
                    kept.keep();
                    System.out.println("kept " + kept.path());
                    kept.close();
                    NamedTemporaryFile persisted = space.namedTemporaryFile();
                    Path target = space.directory()
                            .resolve("keptas" + persisted.path().getFileName());
                    System.out.println("keeping " + target);
                    persisted.persist(target);
                    System.out.println("kept " + target);
                    persisted.close();
                    SpooledTemporaryFile spooled = space.spooledTemporaryFile(0);
                    Path copy = space.directory()
                            .resolve("copyof" + persisted.path().getFileName());
                    System.out.println("keeping " + copy);
                    spooled.persist(copy);
                    System.out.println("kept " + copy);
                    spooled.close();
                    KEPT_ONE.countDown();
                    for (AutoCloseable made : open) {
                        made.close();
                    }
                }
            } catch (Exception failure) {
                System.out.println("failed: " + failure);
            }
        }

        private Busy() {}
    }

    @Test
    @Behaviour(374)
    void killed_atRandomMomentsWhileThreadsWork_nothingIsLeftButWhatIsKept() throws Exception {
        killAtRandomMoments(4);
    }

    @Test
    @Tag("stress")
    void killed_oftenAtRandomMoments_nothingIsLeftButWhatIsKept() throws Exception {
        killAtRandomMoments(40);
    }

    private void killAtRandomMoments(int rounds) throws Exception {
        Random random = new Random(rounds);
        Set<String> keeping = new HashSet<>();
        Set<String> kept = new HashSet<>();
        for (int round = 0; round < rounds; round++) {
            Process child = child(Busy.class, space.toString()).start();
            List<String> said = new ArrayList<>();
            try {
                said.addAll(awaitReady(child));
                // Any moment will do: the test does not depend on which.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
            } finally {
                killHard(child);
            }
            child.inputReader().lines().forEach(said::add);
            said.forEach(line -> {
                assertThat(line).as("the child fails").matches("(keeping|kept) .*|keepi?n?g?|kep?t?|k?e?");
                if (line.startsWith("keeping ")) {
                    keeping.add(line.substring("keeping ".length()));
                } else if (line.startsWith("kept ")) {
                    kept.add(line.substring("kept ".length()));
                }
            });
            Reaped reaped = reap();
            assertThat(reaped.skipped()).isEmpty();
            assertThat(reaped.remaining()).isEmpty();
            List<String> left =
                    Backend.entries(space).stream().map(Path::toString).toList();
            assertThat(keeping).as("only what was kept is left").containsAll(left);
            assertThat(left).as("all that was kept is left").containsAll(kept);
            assertThat(journals).isEmptyDirectory();
        }
        assertThat(kept).as("or nothing was tried").isNotEmpty();
    }

    /** Makes some, says so, and says whether all is there when asked. */
    static final class Lives {
        public static void main(String[] args) throws IOException {
            List<Path> paths = new ArrayList<>();
            List<Object> held = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                NamedTemporaryFile file = NamedTemporaryFile.create();
                TemporaryDirectory tree = TemporaryDirectory.create();
                paths.add(file.path());
                paths.add(Files.createFile(tree.resolve("file")));
                held.addAll(List.of(file, tree));
            }
            System.out.println(ProcessHandle.current().pid());
            readyAndWait();
            System.out.println("all there: " + paths.stream().allMatch(Files::exists) + " " + held.size());
        }

        private Lives() {}
    }

    @Test
    @Behaviour(384)
    void reap_whileOthersLive_touchesNothingOfTheirs() throws Exception {
        reapAmongTheLiving(6, 3);
    }

    @Test
    @Tag("stress")
    void reap_threeAtOnceWhileFiftyLive_touchNothingOfTheirs() throws Exception {
        reapAmongTheLiving(50, 3);
    }

    private void reapAmongTheLiving(int living, int reapers) throws Exception {
        List<Process> alive = new ArrayList<>();
        try {
            for (int i = 0; i < living; i++) {
                alive.add(child(Lives.class).start());
            }
            for (Process process : alive) {
                awaitReady(process);
            }
            // Every second one is killed.
            for (int i = 0; i < living; i += 2) {
                killHard(alive.get(i));
            }
            List<Process> reaping = new ArrayList<>();
            for (int i = 0; i < reapers; i++) {
                reaping.add(child(Reap.class).start());
            }
            for (Process process : reaping) {
                process.getInputStream().readAllBytes();
                assertThat(process.waitFor()).isZero();
            }
            assertThat(Backend.entries(space)).hasSize(living / 2 * 60);
            for (int i = 1; i < living; i += 2) {
                alive.get(i).getOutputStream().close();
                assertThat(alive.get(i).inputReader().lines().toList()).containsExactly("all there: true 60");
            }
        } finally {
            alive.forEach(Process::destroyForcibly);
        }
        assertThat(space).isEmptyDirectory();
    }

    /** Each of them is process 1 of its own: numbers tell nothing. */
    @Test
    void reap_inOtherProcessNamespaces_knowsTheLivingAndTheDead() throws Exception {
        String[] unshare = ChildJvm.isRoot()
                ? new String[] {"unshare", "--pid", "--fork", "--kill-child"}
                : new String[] {"unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"};
        List<String> trial = new ArrayList<>(List.of(unshare));
        trial.add("true");
        assumeTrue(isPossible(trial), "no name spaces of processes");
        Process alive = child(Lives.class).wrap(unshare).start();
        try {
            assertThat(awaitReady(alive)).containsExactly("1");
            Process dead = child(Lives.class).wrap(unshare).start();
            assertThat(awaitReady(dead)).containsExactly("1");
            assertThat(journalFiles()).hasSize(2);
            // With the first process of its name space, the whole of it ends, though not before unshare(1) has.
            killHard(dead);
            // Perhaps the living one, which reaps in the background, has been quicker, or is at it.
            int tries = 0;
            do {
                assertThat(reap(child(Reap.class).wrap(unshare)).removed().size())
                        .isIn(0, 60);
            } while (Backend.entries(space).size() != 60 && ++tries < 50);
            assertThat(Backend.entries(space)).hasSize(60);
            alive.getOutputStream().close();
            assertThat(alive.inputReader().lines().toList()).containsExactly("all there: true 60");
        } finally {
            alive.destroyForcibly();
        }
        assertThat(space).isEmptyDirectory();
    }

    private static boolean isPossible(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Copies of the library in one JVM, as web applications have them; each makes something and reaps. */
    static final class Copies {
        public static void main(String[] args) throws Exception {
            List<Object> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ClassLoader copy = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
                Class<?> main = copy.loadClass(Copy.class.getName());
                held.add(main.getMethod("make").invoke(null));
            }
            // By one that has none, and must not have learned of the others' by reaping.
            ClassLoader observer = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
            observer.loadClass(Copy.class.getName()).getMethod("look").invoke(null);
            // Once more, now that there are journals of all the others.
            for (Object each : held) {
                Class<?> main = each.getClass().getClassLoader().loadClass(Copy.class.getName());
                System.out.println("removed " + main.getMethod("reap").invoke(null));
            }
            readyAndWait();
        }

        private static URL[] urls() throws MalformedURLException {
            List<URL> urls = new ArrayList<>();
            for (String element : ChildJvm.classPath().split(File.pathSeparator, -1)) {
                urls.add(Path.of(element).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        private Copies() {}
    }

    /** Called in each copy. */
    public static final class Copy {
        public static Object make() throws IOException {
            return NamedTemporaryFile.create();
        }

        public static void look() throws IOException {
            if (!Inventory.take().owners().isEmpty()) {
                throw new AssertionError("journals of this process were read");
            }
        }

        public static long reap() throws IOException {
            return TempSpace.reapOrphans().removedCount();
        }

        private Copy() {}
    }

    @Test
    void reap_copiesOfTheLibraryInOneProcess_leaveEachOtherAliveForOthersToo() throws Exception {
        Process process = child(Copies.class)
                .options(
                        "-Dtempfile4j.test.jar=" + System.getProperty("tempfile4j.test.jar"),
                        "-Dtempfile4j.test.classes=" + System.getProperty("tempfile4j.test.classes"))
                .start();
        try {
            assertThat(awaitReady(process)).containsExactly("removed 0", "removed 0", "removed 0");
            assertThat(Backend.entries(space)).hasSize(3);
            assertThat(reap().removed()).isEmpty();
            assertThat(Backend.entries(space)).hasSize(3);
        } finally {
            killHard(process);
        }
        assertThat(reap().removed()).hasSize(3);
        assertThat(space).isEmptyDirectory();
    }

    /** The same while another copy looks all the time: a journal that is just being made has no content yet. */
    static final class CopiesWatched {
        private static final int COPIES = 20;

        public static void main(String[] args) throws Exception {
            ClassLoader observer = new URLClassLoader(Copies.urls(), ClassLoader.getPlatformClassLoader());
            Method look = observer.loadClass(Copy.class.getName()).getMethod("look");
            Thread watcher = new Thread(() -> {
                try {
                    while (true) {
                        look.invoke(null);
                    }
                } catch (ReflectiveOperationException failure) {
                    failure.printStackTrace(System.out);
                }
            });
            watcher.setDaemon(true);
            watcher.start();
            List<Object> held = new ArrayList<>();
            for (int i = 0; i < COPIES; i++) {
                ClassLoader copy = new URLClassLoader(Copies.urls(), ClassLoader.getPlatformClassLoader());
                held.add(copy.loadClass(Copy.class.getName()).getMethod("make").invoke(null));
            }
            System.out.println("made " + held.size());
            readyAndWait();
        }

        private CopiesWatched() {}
    }

    @Test
    void reap_copiesOfTheLibraryMadeWhileAnotherLooks_leavesThemAlive() throws Exception {
        Process process = child(CopiesWatched.class)
                .options(
                        "-Dtempfile4j.test.jar=" + System.getProperty("tempfile4j.test.jar"),
                        "-Dtempfile4j.test.classes=" + System.getProperty("tempfile4j.test.classes"))
                .start();
        try {
            assertThat(awaitReady(process)).containsExactly("made " + CopiesWatched.COPIES);
            assertThat(reap().removed()).isEmpty();
            assertThat(Backend.entries(space)).hasSize(CopiesWatched.COPIES);
        } finally {
            killHard(process);
        }
    }

    /** An interrupt closes a channel, and with it goes its lock: the journal must not be grown by the thread that makes. */
    static final class Interrupted {
        public static void main(String[] args) throws Exception {
            List<Object> held = new ArrayList<>();
            Thread maker = new Thread(() -> {
                try {
                    for (int i = 0; i < 2_000; i++) {
                        Thread.currentThread().interrupt();
                        held.add(TemporaryDirectory.create());
                    }
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            maker.start();
            maker.join();
            System.out.println(held.size());
            readyAndWait();
        }

        private Interrupted() {}
    }

    /** Or somebody interrupts all threads of a group, among which the library's must not be. */
    static final class InterruptedGroup {
        public static void main(String[] args) throws Exception {
            List<Object> held = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                held.add(TemporaryDirectory.create());
                Thread.currentThread().getThreadGroup().interrupt();
            }
            // Until the journal is mapped, in the background.
            for (int i = 0; i < 300; i++) {
                Thread.currentThread().getThreadGroup().interrupt();
                Thread.interrupted();
                Thread.sleep(1);
            }
            System.out.println(held.size());
            readyAndWait();
        }

        private InterruptedGroup() {}
    }

    @ParameterizedTest
    @ValueSource(classes = {Interrupted.class, InterruptedGroup.class})
    @Behaviour(384)
    void reap_ofOneWhoseThreadsAreInterrupted_knowsItIsAlive(Class<?> interrupted) throws Exception {
        Process process = child(interrupted).start();
        try {
            assertThat(awaitReady(process)).containsExactly("2000");
            assertThat(reap().removed()).isEmpty();
            assertThat(Backend.entries(space)).hasSize(2_000);
        } finally {
            killHard(process);
        }
        Reaped reaped = reap();
        assertThat(reaped.lines()).contains("counts 2000 0");
        assertThat(space).isEmptyDirectory();
    }

    /** Nor does it need a journal where there is no descriptor for one. */
    static final class NoDescriptors {
        public static void main(String[] args) throws IOException {
            List<Closeable> hoard = new ArrayList<>();
            // Loads what is needed, while there are descriptors to do it with.
            System.getLogger("io.tempfile4j").log(System.Logger.Level.WARNING, "warm");
            TempSpace.builder()
                    .directory(Path.of(args[0]))
                    .crashCleanup(false)
                    .open()
                    .temporaryDirectory()
                    .close();
            try {
                while (true) {
                    hoard.add(new FileInputStream("/dev/null"));
                }
            } catch (FileNotFoundException noneIsLeft) {
                System.out.println("none left");
            }
            TemporaryDirectory made = TempSpace.in(Path.of(args[0])).temporaryDirectory();
            System.out.println(Files.isDirectory(made.path()));
            for (Closeable each : hoard) {
                each.close();
            }
            made.close();
            System.out.println(Files.exists(made.path()));
        }

        private NoDescriptors() {}
    }

    @Test
    void make_noDescriptorIsLeftForAJournal_worksAndSaysSo() throws Exception {
        ChildJvm.Result result = child(NoDescriptors.class, space.toString())
                .shell("ulimit -n 64")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).contains("none left", "true", "false");
        assertThat(result.output()).contains("will not be removed by the next one");
        assertThat(space).isEmptyDirectory();
    }

    /** The kernel kills who writes to a mapping for which there is no room: room is made by writing. */
    static final class FullDisk {
        public static void main(String[] args) throws IOException {
            List<TemporaryDirectory> held = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                held.add(TemporaryDirectory.create());
            }
            System.out.println("made " + held.size());
            for (TemporaryDirectory made : held) {
                made.close();
            }
            System.out.println("removed");
        }

        private FullDisk() {}
    }

    @Test
    @Needs(Need.MOUNT)
    void make_journalsDiskIsFull_worksAndSaysSo() throws Exception {
        ChildJvm.Result result = mounting(child(FullDisk.class), journals, "size=200k,nr_inodes=20", "true")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).contains("made 3000", "removed");
        assertThat(result.output()).contains("the journal cannot be written").containsOnlyOnce("WARNING");
        assertThat(space).isEmptyDirectory();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.journal.JournalStart;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first making of a process sets going: threads, a hook, a journal; whoever is the first, and whether or not it succeeds. */
class FirstMakingTest extends CrashSuite {

    /** An application of a server which has the library: it makes something, is undeployed, and ought to be garbage then. */
    static final class Server {
        private static final int TRIES = 500;

        public static void main(String[] args) throws Exception {
            ClassLoader library = new URLClassLoader(urls(0), ClassLoader.getPlatformClassLoader());
            WeakReference<ClassLoader> application = undeployed(library);
            for (int i = 0; i < TRIES && application.get() != null; i++) {
                System.gc();
                Thread.sleep(10);
            }
            System.out.println(application.get() == null ? "collected" : "still there");
            System.out.println(library.loadClass(Tempfile.class.getName()).getName());
        }

        private static WeakReference<ClassLoader> undeployed(ClassLoader library) throws Exception {
            ClassLoader application = new URLClassLoader(urls(1), library);
            Runnable servlet = (Runnable) application
                    .loadClass(Servlet.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            Thread request = new Thread(servlet);
            request.setContextClassLoader(application);
            request.start();
            request.join();
            return new WeakReference<>(application);
        }

        private Server() {}
    }

    /** Of the class path, which is the library and the tests. */
    private static URL[] urls(int element) throws MalformedURLException {
        String path = ChildJvm.classPath().split(File.pathSeparator, -1)[element];
        return new URL[] {Path.of(path).toUri().toURL()};
    }

    public static final class Servlet implements Runnable {
        @Override
        public void run() {
            try (NamedTemporaryFile file = NamedTemporaryFile.create()) {
                System.out.println("made " + file.path());
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        }
    }

    @Test
    void applicationThatWasTheFirst_undeployed_isCollected() throws Exception {
        ChildJvm.Result result = hosted(Server.class).run();
        assertThat(result.output()).contains("made ");
        assertThat(result.lines()).contains("collected", Tempfile.class.getName());
    }

    /** A child that loads the library itself once more. */
    private ChildJvm hosted(Class<?> main, String... arguments) {
        return child(main, arguments)
                .options(
                        "-Dtempfile4j.test.jar=" + System.getProperty("tempfile4j.test.jar"),
                        "-Dtempfile4j.test.classes=" + System.getProperty("tempfile4j.test.classes"));
    }

    /**
     * A class loader that unpacks what it loads, or has no memory for it, on the thread that opens the journal: as an agent
     * would, or a program under its limit.
     */
    static final class Loader extends URLClassLoader {
        private static final long PATIENCE_SECONDS = 60;

        private final String way;
        private final CountDownLatch unpacked = new CountDownLatch(1);
        private boolean busy;

        Loader(String way) throws MalformedURLException {
            super(urls(0), ClassLoader.getPlatformClassLoader());
            this.way = way;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (busy || !Thread.currentThread().getName().equals("tempfile4j-reaper")) {
                return super.findClass(name);
            }
            busy = true;
            if (way.equals("fails")) {
                throw new OutOfMemoryError("for " + name);
            }
            Class<?> found = super.findClass(name);
            make(this);
            unpacked.countDown();
            return found;
        }

        private static void make(ClassLoader loader) {
            try {
                Object made = loader.loadClass(NamedTemporaryFile.class.getName())
                        .getMethod("create")
                        .invoke(null);
                System.out.println("made " + made);
            } catch (ReflectiveOperationException failure) {
                throw new LinkageError("cannot unpack", failure);
            }
        }

        public static void main(String[] args) throws Exception {
            Loader loader = new Loader(args[0]);
            Thread watchdog = new Thread(() -> {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
                Runtime.getRuntime().halt(1);
            });
            watchdog.setDaemon(true);
            watchdog.start();
            if (args[0].equals("makes")) {
                // Two threads at once in a class loader that calls what it loads could wait for each other's classes.
                loader.loadClass(JournalStart.class.getName()).getMethod("now").invoke(null);
                loader.unpacked.await();
            }
            make(loader);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"makes", "fails"})
    void threadThatOpensTheJournal_makesSomethingOrDies_nobodyWaitsForEver(String way) throws Exception {
        ChildJvm.Result result = hosted(Loader.class, way).run();
        assertThat(result.lines().stream().filter(line -> line.startsWith("made ")))
                .as(result.output())
                .hasSize(way.equals("makes") ? 2 : 1);
        assertThat(result.output().contains("WARNING")).isEqualTo(way.equals("fails"));
        assertThat(space).isEmptyDirectory();
    }

    static final class Fails {
        public static void main(String[] args) throws Exception {
            Callable making = making(args[0], Path.of(args[1]));
            if (args[0].startsWith("ending")) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> attempt(making)));
            } else {
                attempt(making);
            }
        }

        private static Callable making(String way, Path missing) {
            return switch (way) {
                case "space" -> () -> TempSpace.in(missing);
                case "builder" -> () -> TempSpace.builder().directory(missing).open();
                case "ending, late" -> () -> TempSpace.system().namedTemporaryFile();
                default -> NamedTemporaryFile::create;
            };
        }

        private static void attempt(Callable making) {
            try {
                System.out.println("made " + making.call());
            } catch (IOException | IllegalStateException expected) {
                System.out.println("failed");
            }
        }

        private interface Callable {
            Object call() throws IOException;
        }

        private Fails() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"space", "builder", "platform", "ending", "ending, late"})
    void firstMaking_fails_noJournalIsLeft(String way) throws Exception {
        ChildJvm child = child(Fails.class, way, space.resolve("missing").toString());
        if (way.equals("platform")) {
            child.options("-Dtempfile4j.backend=none").anyBackend();
        }
        ChildJvm.Result result = child.run();
        assertThat(result.lines()).as(result.output()).contains("failed");
        assertThat(journalFiles()).isEmpty();
    }
}

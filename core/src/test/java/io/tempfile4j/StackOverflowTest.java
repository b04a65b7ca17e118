package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A StackOverflowError at any depth of an operation: afterwards every thread can use and close the file, and it is removed.
 */
class StackOverflowTest extends ProcessSuite {

    /**
     * So many places at the end of the stack, beginning where the operation itself cannot be called: for each operation on
     * each kind of file, 3,000 in all.
     */
    private static final int DEPTHS = 60;

    private static final int PADDINGS = 4;

    private static final int SMALL = 100;
    private static final int LARGE = 20_000;

    /** An operation at the end of the stack. */
    enum Attempt {
        WRITE_BYTE {
            @Override
            void on(FileObject file) throws IOException {
                file.write('y');
            }
        },
        WRITE_SMALL {
            @Override
            void on(FileObject file) throws IOException {
                file.write(YS, 0, SMALL);
            }
        },
        WRITE_LARGE {
            @Override
            void on(FileObject file) throws IOException {
                file.write(YS);
            }
        },
        WRITE_AND_FLUSH {
            @Override
            void on(FileObject file) throws IOException {
                file.write('y');
                file.flush();
            }
        },
        READ {
            @Override
            void on(FileObject file) throws IOException {
                file.seek(1);
                file.read();
                file.readLine();
                file.readAllBytes();
            }
        },
        TEXT_WRITE {
            @Override
            void on(FileObject file) throws IOException {
                file.text().write("yyyyyyyy");
            }
        },
        TEXT_READ {
            @Override
            void on(FileObject file) throws IOException {
                file.text().seek(0);
                file.text().readLine();
                file.text().read();
            }
        },
        SIZE {
            @Override
            void on(FileObject file) throws IOException {
                file.size();
                file.inputStream().available();
            }
        },
        CHANNEL {
            @Override
            void on(FileObject file) throws IOException {
                file.channel();
            }
        },
        CLOSE {
            @Override
            void on(FileObject file) throws IOException {
                file.close();
            }
        };

        abstract void on(FileObject file) throws IOException;
    }

    private static final byte[] YS = new byte[LARGE];
    private static final byte[] INITIAL = "initial\ncontent\n".getBytes(StandardCharsets.UTF_8);

    static {
        Arrays.fill(YS, (byte) 'y');
    }

    /** One attempt of each kind at each depth; says how many overflowed. */
    static final class Overflow {

        private static ExecutorService others = Executors.newCachedThreadPool(Overflow::daemon);
        private static int overflows;

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            TempSpace space = TempSpace.in(directory);
            // Before the stack is short: an overflow in the initializer of a class makes the class unusable for good.
            for (FileKind kind : FileKind.values()) {
                for (Attempt attempt : Attempt.values()) {
                    try (FileObject file = kind.open(space)) {
                        file.write(INITIAL);
                        attempt.on(file);
                    }
                }
            }
            Thread shallow = new Thread(null, () -> run(space), "shallow", 300_000);
            shallow.start();
            shallow.join();
            System.out.println("overflows " + overflows);
            for (Path left : Backend.entries(directory)) {
                System.out.println("left " + left);
            }
            System.exit(0);
        }

        private static void run(TempSpace space) {
            try {
                for (Attempt attempt : Attempt.values()) {
                    for (FileKind kind : FileKind.values()) {
                        int before = overflows;
                        int deepest = 0;
                        try (FileObject file = kind.open(space)) {
                            deepest = deepest(attempt, file);
                        }
                        for (int i = 0; i < DEPTHS; i++) {
                            int depth = deepest - 1 - i / PADDINGS;
                            String what = attempt + " of " + kind + " at " + depth + ", " + i % PADDINGS;
                            attempt(kind.open(space), attempt, i % PADDINGS, depth - i % PADDINGS, what);
                        }
                        System.out.println("done " + attempt + " " + kind + " " + (overflows - before));
                    }
                }
            } catch (Throwable failure) {
                System.out.println("failed " + failure);
                failure.printStackTrace(System.out);
            }
        }

        private static void attempt(FileObject file, Attempt attempt, int padding, int depth, String what)
                throws Exception {
            file.write(INITIAL);
            // Creating a view compiles a regular expression, in which the JDK makes an exception of an overflow.
            file.text().tell();
            boolean overflowed = false;
            try {
                pad(padding, depth, attempt, file, 0, 0);
            } catch (StackOverflowError expected) {
                overflowed = true;
                overflows++;
            }
            // Another thread first: nothing must be held.
            inAnotherThread(what + ": write", () -> checkContent(file, attempt, what));
            // The same thread goes on, too.
            checkContent(file, attempt, what);
            if (overflowed) {
                checkUsable(file, attempt, what);
            }
            inAnotherThread(what + ": close", file::close);
            if (file.isOpen()) {
                System.out.println("open " + what);
            }
        }

        /** What was written before is there, and of the attempt a part. */
        private static void checkContent(FileObject file, Attempt attempt, String what) throws IOException {
            try {
                file.seek(0);
                byte[] content = file.readAllBytes();
                boolean initial = content.length >= INITIAL.length
                        && Arrays.equals(INITIAL, Arrays.copyOf(content, INITIAL.length));
                for (int i = INITIAL.length; i < content.length; i++) {
                    initial &= content[i] == 'y';
                }
                if (!initial) {
                    System.out.println("content " + what + ": " + content.length);
                }
            } catch (ClosedChannelException closed) {
                if (attempt != Attempt.CLOSE) {
                    System.out.println("closed " + what);
                }
            }
        }

        private static void checkUsable(FileObject file, Attempt attempt, String what) throws IOException {
            try {
                file.setSize(0);
                file.setSize(10);
                file.seek(10);
                file.text().write("text");
                file.seek(0);
                byte[] content = file.readAllBytes();
                byte[] expected = Arrays.copyOf(new byte[10], 14);
                System.arraycopy("text".getBytes(StandardCharsets.UTF_8), 0, expected, 10, 4);
                if (!Arrays.equals(content, expected)) {
                    System.out.println("usable " + what + ": " + Arrays.toString(content));
                }
            } catch (ClosedChannelException closed) {
                if (attempt != Attempt.CLOSE) {
                    System.out.println("closed " + what);
                }
            }
        }

        private interface Step {
            void run() throws Exception;
        }

        private static void inAnotherThread(String what, Step step) throws Exception {
            Future<?> done = others.submit(() -> {
                step.run();
                return null;
            });
            try {
                done.get(30, TimeUnit.SECONDS);
            } catch (TimeoutException held) {
                System.out.println("held " + what);
                Runtime.getRuntime().halt(9);
            }
        }

        private static Thread daemon(Runnable task) {
            Thread thread = new Thread(task, "other");
            thread.setDaemon(true);
            return thread;
        }

        private static void descend(int depth, Attempt attempt, FileObject file) throws IOException {
            remaining = depth;
            if (depth == 0) {
                attempt.on(file);
            } else {
                descend(depth - 1, attempt, file);
            }
        }

        /** Its frames are larger than the others: so what remains of the stack differs by less than a frame. */
        private static void pad(int padding, int depth, Attempt attempt, FileObject file, long wide, long wider)
                throws IOException {
            if (padding == 0) {
                descend(depth, attempt, file);
            } else {
                pad(padding - 1, depth, attempt, file, wide, wider);
            }
        }

        private static int remaining;

        /** How deep the operation is called when nothing remains of the stack. */
        private static int deepest(Attempt attempt, FileObject file) throws IOException {
            try {
                descend(Integer.MAX_VALUE, attempt, file);
            } catch (StackOverflowError end) {
                return Integer.MAX_VALUE - remaining;
            }
            throw new AssertionError();
        }

        private Overflow() {}
    }

    /** Interpreted, and compiled in the middle of it: each has frames of other sizes. */
    @ParameterizedTest
    @CsvSource({"-Xint", "-Xmixed"})
    void operation_stackOverflowsAtAnyDepth_leavesNothingHeldAndTheFileUsable(String mode) throws Exception {
        Path directory = directory("space");
        ChildJvm.Result result = ChildJvm.of(Overflow.class)
                .options(mode, "-XX:MaxJavaStackTraceDepth=10")
                .args(directory.toString())
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .filteredOn(line -> !line.startsWith("done ") && !line.contains("ReservedStackAccess"))
                .hasSize(1);
        assertThat(result.lines().stream()
                        .filter(line -> line.startsWith("overflows "))
                        .mapToInt(line -> Integer.parseInt(line.substring("overflows ".length())))
                        .sum())
                .isGreaterThan(500);
        assertThat(Backend.entries(directory)).isEmpty();
    }
}

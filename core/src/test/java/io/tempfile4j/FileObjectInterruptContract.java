package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt changes nothing but the flag: no file is closed and no byte lost. */
abstract class FileObjectInterruptContract extends FileObjectContract {

    private static final int LENGTH = 1 << 20;

    FileObjectInterruptContract(Backend.Kind kind) {
        super(kind);
    }

    /** What is in memory touches no channel. */
    private void assumeChannelsSurvive(FileKind kind) {
        assumeFalse(
                backend.isInMemory() && kind != FileKind.IN_MEMORY,
                "Jimfs closes a channel when an interrupted thread asks for its size");
    }

    /** Where there are asynchronous channels; Jimfs makes none with the permissions of Windows. */
    private void assumeTransfersSurvive(FileKind kind) {
        assumeFalse(
                backend.isInMemory() && backend.hasWindowsNames() && kind != FileKind.IN_MEMORY,
                "an interrupt closes the only channel that this provider makes");
    }

    @FunctionalInterface
    private interface Operation {
        Object run() throws IOException;
    }

    private static Object nothing() {
        return "";
    }

    @ParameterizedTest
    @EnumSource
    void everyVerb_interruptPending_worksAndTheFlagStays(FileKind kind) throws IOException {
        assumeChannelsSurvive(kind);
        FileObject file = holding(kind, pattern(40_000));
        InputStream own = file.newInputStream();
        TextFile latin = file.text(ISO_8859_1);
        OutputStream out = file.outputStream();
        List<Operation> operations = List.of(
                file::read,
                () -> file.read(10),
                () -> file.read(10_000),
                () -> file.read(ByteBuffer.allocateDirect(9000)),
                file::readLine,
                file::size,
                () -> file.seek(0, Whence.END),
                () -> {
                    file.setSize(50_000);
                    return nothing();
                },
                () -> {
                    file.write(new byte[20_000]);
                    return nothing();
                },
                () -> {
                    file.write(1);
                    file.flush();
                    return nothing();
                },
                () -> file.truncate(30_000),
                () -> file.seek(100),
                () -> latin.read(3),
                latin::readLine,
                () -> latin.write("x".repeat(10_000)),
                latin::tell,
                () -> own.readNBytes(20_000),
                () -> own.skip(10),
                () -> {
                    out.write(new byte[3]);
                    out.flush();
                    return nothing();
                },
                () -> {
                    file.seek(0);
                    return file.readAllBytes();
                });
        List<Boolean> flags = new ArrayList<>();
        for (Operation operation : operations) {
            Thread.currentThread().interrupt();
            try {
                operation.run();
            } finally {
                flags.add(Thread.interrupted());
            }
        }
        assertThat(flags).hasSize(operations.size()).doesNotContain(false);
        assertThat(file.isOpen()).isTrue();
        assertThat(file.size()).isEqualTo(30_000);
    }

    /** Also where the provider's own threads do the work and the caller waits. */
    @ParameterizedTest
    @EnumSource
    void transfers_interruptPending_workAndTheFlagStays(FileKind kind) throws IOException {
        assumeTransfersSurvive(kind);
        FileObject file = holding(kind, "0123456789\n");
        file.flush();
        boolean[] flags = new boolean[2];
        Thread.currentThread().interrupt();
        try {
            assertThat(file.read()).isEqualTo('0');
            file.write(bytes("AB"));
            file.flush();
            flags[0] = Thread.currentThread().isInterrupted();
            assertThat(string(file.readLine())).isEqualTo("3456789\n");
        } finally {
            flags[1] = Thread.interrupted();
        }
        assertThat(flags).containsOnly(true);
        assertThat(file.isOpen()).isTrue();
        assertThat(string(content(file))).isEqualTo("0AB3456789\n");
    }

    @ParameterizedTest
    @EnumSource
    @Needs(Need.DISK)
    void rollOverFlushAndClose_interruptPending_workAndTheFlagStays(FileKind kind) throws IOException {
        FileObject file = holding(kind, pattern(40_000));
        boolean[] flags = new boolean[2];
        Thread.currentThread().interrupt();
        try {
            if (file instanceof SpooledTemporaryFile spooled) {
                spooled.rollover();
            }
            file.flush();
            flags[0] = Thread.currentThread().isInterrupted();
            assertThat(content(file)).isEqualTo(pattern(40_000));
            file.close();
        } finally {
            flags[1] = Thread.interrupted();
        }
        assertThat(flags).containsOnly(true);
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void write_interruptedAgainAndAgain_losesNoByte(FileKind kind) throws Exception {
        assumeTransfersSurvive(kind);
        assumeFalse(
                backend.isInMemory() && kind == FileKind.ROLLING,
                "Jimfs closes a channel when an interrupted thread asks for its size, as rolling over does");
        byte[] expected = pattern(LENGTH);
        FileObject file = open(kind);
        underInterrupts(() -> {
            Random sizes = new Random(1);
            for (int at = 0; at < LENGTH; ) {
                awaitInterrupt();
                int length = Math.min(LENGTH - at, 1 + sizes.nextInt(20_000));
                file.write(expected, at, length);
                at += length;
                if (sizes.nextInt(5) == 0) {
                    file.flush();
                }
            }
            return nothing();
        });
        assertThat(file.isOpen()).isTrue();
        assertThat(content(file)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void read_interruptedAgainAndAgain_losesNoByte(FileKind kind) throws Exception {
        assumeChannelsSurvive(kind);
        byte[] expected = pattern(LENGTH);
        FileObject file = holding(kind, expected);
        InputStream own = file.newInputStream();
        underInterrupts(() -> {
            Random sizes = new Random(2);
            for (int at = 0; at < LENGTH; ) {
                awaitInterrupt();
                byte[] read = file.read(1 + sizes.nextInt(20_000));
                assertThat(Arrays.equals(read, 0, read.length, expected, at, at + read.length))
                        .isTrue();
                assertThat(own.readNBytes(read.length)).isEqualTo(read);
                at += read.length;
                assertThat(file.tell()).isEqualTo(at);
                assertThat(file.size()).isEqualTo(LENGTH);
            }
            return nothing();
        });
        assertThat(file.isOpen()).isTrue();
        assertThat(file.read()).isEqualTo(-1);
    }

    /** Clears the flag, so that the next interrupt finds the thread in the middle of something. */
    private static void awaitInterrupt() {
        while (!Thread.interrupted()) {
            Thread.onSpinWait();
        }
    }

    /** Runs it in a thread that another one interrupts all the time, until it ends. */
    private static void underInterrupts(Callable<Object> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Thread[] worker = new Thread[1];
            Future<Object> end = threads.submit(() -> {
                synchronized (worker) {
                    worker[0] = Thread.currentThread();
                    worker.notifyAll();
                }
                return work.call();
            });
            synchronized (worker) {
                while (worker[0] == null) {
                    worker.wait();
                }
            }
            Future<Boolean> interrupter = threads.submit(() -> {
                while (!end.isDone()) {
                    worker[0].interrupt();
                    Thread.onSpinWait();
                }
                return true;
            });
            assertThat(end.get()).isEqualTo(nothing());
            assertThat(interrupter.get()).isTrue();
        } finally {
            threads.shutdown();
        }
    }
}

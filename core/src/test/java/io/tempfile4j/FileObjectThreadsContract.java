package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One file object in several threads: each operation is atomic, and the end is orderly. */
abstract class FileObjectThreadsContract extends FileObjectContract {

    private static final int THREADS = 4;
    private static final int RECORDS = 100;
    private static final int RECORD = 997;

    FileObjectThreadsContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    void write_fromManyThreads_keepsEachRecordWhole(FileKind kind) throws Exception {
        FileObject file = open(kind);
        List<Callable<Object>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] record = new byte[RECORD];
            Arrays.fill(record, (byte) ('A' + i));
            writers.add(() -> {
                for (int n = 0; n < RECORDS; n++) {
                    file.write(record);
                }
                return file;
            });
        }
        runAll(writers);
        assertThat(file.tell()).isEqualTo((long) THREADS * RECORDS * RECORD);
        file.seek(0);
        int[] count = new int[THREADS];
        for (int n = 0; n < THREADS * RECORDS; n++) {
            count[letterOf(file.read(RECORD)) - 'A']++;
        }
        assertThat(count).containsOnly(RECORDS);
        assertThat(file.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void read_fromManyThreads_givesEachRecordToOne(FileKind kind) throws Exception {
        FileObject file = open(kind);
        byte[] record = new byte[RECORD];
        for (int n = 0; n < THREADS * RECORDS; n++) {
            Arrays.fill(record, (byte) ('A' + n % 26));
            file.write(record);
        }
        file.seek(0);
        List<Callable<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            readers.add(() -> {
                int records = 0;
                for (byte[] read = file.read(RECORD); read.length > 0; read = file.read(RECORD)) {
                    letterOf(read);
                    records++;
                }
                return records;
            });
        }
        assertThat(runAll(readers).stream().mapToInt(Integer::intValue).sum()).isEqualTo(THREADS * RECORDS);
    }

    /** The one letter that a record is made of. */
    private static int letterOf(byte[] record) {
        assertThat(record).hasSize(RECORD).containsOnly(record[0]);
        return record[0];
    }

    @ParameterizedTest
    @EnumSource
    void writeText_fromManyThreads_keepsEachLineWhole(FileKind kind) throws Exception {
        TextFile text = open(kind).text();
        List<Callable<Object>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String line = String.valueOf((char) ('\u00e0' + i)).repeat(100) + "\n";
            writers.add(() -> {
                for (int n = 0; n < RECORDS; n++) {
                    text.write(line);
                }
                return text;
            });
        }
        runAll(writers);
        assertThat(text.seek(0)).isZero();
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSize(THREADS * RECORDS);
        assertThat(lines).allMatch(line -> line.equals(line.substring(0, 1).repeat(100)));
    }

    @ParameterizedTest
    @EnumSource
    void close_whileManyThreadsReadAndWrite_givesThemClosedChannelExceptionOnly(FileKind kind) throws Exception {
        FileObject file = holding(kind, pattern(100_000));
        TextFile text = file.text(ISO_8859_1);
        InputStream own = file.newInputStream();
        CountDownLatch busy = new CountDownLatch(4);
        List<Callable<Throwable>> users = List.of(
                untilItFails(busy, () -> {
                    file.seek(0);
                    file.read(50_000);
                }),
                untilItFails(busy, () -> {
                    file.seek(10);
                    file.write(new byte[9000]);
                }),
                untilItFails(busy, () -> {
                    own.reset();
                    own.readNBytes(50_000);
                }),
                untilItFails(busy, () -> {
                    text.seek(20);
                    text.readLine();
                }));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Throwable>> ends = users.stream().map(threads::submit).toList();
            busy.await();
            file.close();
            for (Future<Throwable> end : ends) {
                assertThat(end.get()).isInstanceOf(ClosedChannelException.class);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(file.isOpen()).isFalse();
        assertThat(backend.entries()).isEmpty();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static Callable<Throwable> untilItFails(CountDownLatch busy, Step step) {
        return () -> {
            boolean counted = false;
            try {
                while (true) {
                    step.run();
                    if (!counted) {
                        busy.countDown();
                        counted = true;
                    }
                }
            } catch (IOException | RuntimeException failure) {
                return failure;
            } finally {
                if (!counted) {
                    busy.countDown();
                }
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({382})
    void close_fromManyThreadsAtOnce_isQuietAndEndsIt(FileKind kind) throws Exception {
        for (int round = 0; round < 20; round++) {
            FileObject file = holding(kind, "0123456789");
            CountDownLatch go = new CountDownLatch(THREADS);
            Callable<Object> close = () -> {
                go.countDown();
                go.await();
                file.close();
                return file;
            };
            runAll(Collections.nCopies(THREADS, close));
            assertThat(file.isOpen()).isFalse();
        }
        assertThat(backend.entries()).isEmpty();
    }

    private static <T> List<T> runAll(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> end : threads.invokeAll(tasks)) {
                results.add(end.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}

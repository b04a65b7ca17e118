package io.tempfile4j.benchmarks.turns;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.benchmarks.turns.Operations.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/** The {@link Worker} in Java: what it does it does for the contestant that its argument names. */
final class JavaWorker {

    private final Contestant contestant;
    private final Map<String, Map<String, Operation>> worksByDirectory = new HashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    private JavaWorker(Contestant contestant) {
        this.contestant = contestant;
    }

    /** Answers requests until there are no more. */
    public static void main(String[] args) throws Exception {
        JavaWorker worker = new JavaWorker(Contestant.valueOf(args[0]));
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println(worker.answer(words[0], words[1], Integer.parseInt(words[2]), Long.parseLong(words[3])));
        }
        for (AutoCloseable each : worker.opened) {
            each.close();
        }
    }

    private String answer(String work, String directory, int threads, long operations) {
        try {
            Operation operation = find(work, directory);
            if (operation == null) {
                return "?";
            }
            return Long.toString(threads == 1 ? time(operation, operations) : time(operation, operations, threads));
        } catch (IOException | InterruptedException | ExecutionException failure) {
            return "!" + failure;
        }
    }

    private @Nullable Operation find(String work, String directory) throws IOException {
        if (work.equals("remove")) {
            return () -> remove(Path.of(directory));
        }
        Map<String, Operation> works = worksByDirectory.get(directory);
        if (works == null) {
            works = open(Path.of(directory));
            worksByDirectory.put(directory, works);
        }
        return works.get(work);
    }

    private Map<String, Operation> open(Path directory) throws IOException {
        return switch (contestant) {
            case NATIVE, PORTABLE, UNRECORDED -> {
                Operations.Ours ours = new Operations.Ours(directory, contestant != Contestant.UNRECORDED);
                opened.add(ours);
                yield ours.works();
            }
            case JDK -> {
                Operations.Jdk jdk = new Operations.Jdk(directory);
                opened.add(jdk);
                yield jdk.works();
            }
            case JDK_ON_EXIT -> Operations.onExit(directory);
            case BY_HAND -> {
                ByHand byHand = new ByHand(directory);
                opened.add(byHand);
                yield byHand.works();
            }
            default -> Map.of();
        };
    }

    private void remove(Path tree) throws IOException {
        switch (contestant) {
            case NATIVE, PORTABLE -> TemporaryDirectory.adopt(tree).close();
            case GUAVA -> MoreFiles.deleteRecursively(tree, new RecursiveDeleteOption[0]);
            case COMMONS -> FileUtils.deleteDirectory(tree.toFile());
            case JDK -> walk(tree);
            default -> throw new IOException("it has no such thing");
        }
    }

    private static void walk(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static long time(Operation operation, long operations) throws IOException {
        long from = System.nanoTime();
        for (long i = 0; i < operations; i++) {
            operation.run();
        }
        return System.nanoTime() - from;
    }

    private static long time(Operation operation, long operations, int threads)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> all = new ArrayList<>();
            long from = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> time(operation, operations)));
            }
            for (Future<Long> each : all) {
                each.get();
            }
            return System.nanoTime() - from;
        } finally {
            pool.shutdown();
        }
    }
}

package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Removes a tree again and again; the n-th time, a directory in it is swapped for a link to a victim before the n-th call
 * of the removal. A main class as well, to be run by a user who is not root.
 */
public final class SwapAtEachStep {

    /** Which directory of which tree is swapped; they differ by what the removal has to do. */
    enum Target {
        ROOT("", "file", "sub/file"),
        NESTED("sub", "file", "sub/file", "sub/deep/file"),
        NESTED_TWICE("sub/deep", "sub/file", "sub/deep/file"),
        EMPTY("empty", "empty/"),
        CLOSED("closed", "closed/file"),
        BLIND("blind", "blind/in/file"),
        BLIND_NESTED("blind/in", "blind/in/file"),
        READ_ONLY("fixed", "fixed/in/file"),
        READ_ONLY_NESTED("fixed/in", "fixed/file", "fixed/in/file"),
        MOVED("a/b/c/d/e/f/g/h/i", "a/b/c/d/e/f/g/h/i/j/file");

        private final String path;

        @SuppressWarnings("ImmutableEnumChecker") // it is never changed
        private final String[] tree;

        Target(String path, String... tree) {
            this.path = path;
            this.tree = tree;
        }
    }

    private final Path directory;
    private final Path tree;
    private final Path victim;
    private final Path stash;
    private final Target target;
    private final Path swapped;

    /** How often a link was put where the removal had a directory. */
    private int swaps;

    SwapAtEachStep(Path directory, Target target) throws IOException {
        this.directory = directory;
        this.tree = directory.resolve("tree");
        this.victim = directory.resolve("victim");
        this.stash = directory.resolve("stash");
        this.target = target;
        this.swapped = target == Target.ROOT ? tree : tree.resolve(target.path);
        for (String name : List.of("deep", "in", "j")) {
            Files.createDirectories(victim.resolve(name));
            Files.writeString(victim.resolve(name).resolve("file"), "precious");
            allow(victim.resolve(name), "rwxr-xr-x");
        }
        Files.writeString(victim.resolve("file"), "precious");
        allow(victim, "rwxr-xr-x");
    }

    /** Runs all in the directory of the first argument. */
    public static void main(String[] arguments) throws IOException {
        for (Target target : Target.values()) {
            int swaps = new SwapAtEachStep(Path.of(arguments[0]), target).run();
            System.out.println(target + " " + swaps);
        }
    }

    /**
     * Swaps at each step, and then in such a way that it is as it was before at the next step.
     *
     * @return how often
     * @throws AssertionError when the victim is not what it was
     */
    int run() throws IOException {
        Snapshot before = Snapshot.of(victim);
        for (boolean swapBack : new boolean[] {false, true}) {
            boolean reached = true;
            for (int n = 0; reached; n++) {
                build();
                reached = removeWithSwap(n, swapBack);
                Snapshot after = Snapshot.of(victim);
                if (!after.equals(before)) {
                    throw new AssertionError(target + " swapped at step " + n + ":\n" + before + "\n" + after);
                }
                clear(tree);
                clear(stash);
            }
        }
        return swaps;
    }

    private void build() throws IOException {
        for (String name : target.tree) {
            if (name.endsWith("/")) {
                Files.createDirectories(tree.resolve(name));
            } else {
                Files.createDirectories(tree.resolve(name).getParent());
                Files.createFile(tree.resolve(name));
            }
        }
        switch (target) {
            case CLOSED -> allow(tree.resolve("closed"), "---------");
            case BLIND, BLIND_NESTED -> {
                allow(tree.resolve("blind/in"), "-wx------");
                allow(tree.resolve("blind"), "-wx------");
            }
            case READ_ONLY, READ_ONLY_NESTED -> {
                allow(tree.resolve("fixed/in"), "r-x------");
                allow(tree.resolve("fixed"), "r-x------");
            }
            default -> {}
        }
    }

    private boolean removeWithSwap(int n, boolean swapBack) throws IOException {
        int[] count = {0};
        Identity identity = identityOf(tree);
        try (SecureDirectoryStream<Path> parent = open(directory)) {
            SecureTreeRemoval.remove(
                    new SteppedStream(parent, (call, name) -> {
                        if (count[0] == n) {
                            swap();
                        } else if (count[0] == n + 1 && swapBack) {
                            swapBack();
                        }
                        count[0]++;
                    }),
                    tree,
                    identity);
        } catch (IOException leftSomething) {
            // Whether all of the tree went is not the question here.
        }
        return count[0] > n;
    }

    private void swap() throws IOException {
        if (!Files.isDirectory(swapped, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            rename(swapped, stash);
        } catch (IOException cannotLeaveItsParent) {
            try {
                rename(swapped, besides());
            } catch (IOException readOnlyParent) {
                return;
            }
        }
        Files.createSymbolicLink(swapped, victim);
        swaps++;
    }

    private void swapBack() throws IOException {
        if (Files.isSymbolicLink(swapped)) {
            Files.delete(swapped);
            rename(Files.exists(stash) ? stash : besides(), swapped);
        }
    }

    /** As rename(2): {@code Files.move} of JDK 25 moves no directory that it may not read. */
    private static void rename(Path from, Path to) throws IOException {
        if (!from.toFile().renameTo(to.toFile())) {
            throw new IOException("cannot rename " + from);
        }
    }

    private Path besides() {
        return swapped.resolveSibling("was");
    }

    /** Without a swap the removal leaves nothing. */
    private void clear(Path root) throws IOException {
        if (Files.isSymbolicLink(root)) {
            Files.delete(root);
        } else if (Files.exists(root)) {
            allow(root, "rwx------");
        }
        try (SecureDirectoryStream<Path> parent = open(directory)) {
            SecureTreeRemoval.remove(parent, root, identityOf(root));
        } catch (NoSuchFileException gone) {
            // As it should be.
        }
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Identity identityOf(Path path) throws IOException {
        return Identity.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    @SuppressWarnings("StreamResourceLeak") // it is the caller's to close
    static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
    }
}

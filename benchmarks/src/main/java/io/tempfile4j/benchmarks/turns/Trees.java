package io.tempfile4j.benchmarks.turns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trees to be removed. */
enum Trees {
    /** Directories of 100 files each. */
    DIRECTORIES("1,000 directories of 100 files", 1_000),
    /** One directory of many files. */
    FLAT("200,000 files in one directory", 200_000),
    /** Directories, each in the other: deeper than any path the system takes. */
    DEEP("10,000 directories, each in the other", 10_000);

    private static final int FILES_IN_EACH = 100;

    /** A path of so many levels is short enough for the system. */
    private static final int LEVELS_AT_ONCE = 500;

    private final String label;
    private final int size;

    Trees(String label, int size) {
        this.label = label;
        this.size = size;
    }

    /** What it is, of this part of the full size. */
    String label(int percent) {
        return percent == 100 ? label : percent + " % of " + label;
    }

    /** Builds one, which is not there yet. */
    void build(Path tree, int percent) throws IOException {
        int count = size * percent / 100;
        switch (this) {
            case DIRECTORIES -> {
                Files.createDirectory(tree);
                for (int i = 0; i < count; i++) {
                    fill(Files.createDirectory(tree.resolve("directory-" + i)), FILES_IN_EACH);
                }
            }
            case FLAT -> fill(Files.createDirectory(tree), count);
            case DEEP -> chain(tree, count);
        }
    }

    /** Makes empty files. */
    static void fill(Path directory, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Files.createFile(directory.resolve("file-" + i));
        }
    }

    /** In pieces, each of which is put below the next: only the piece that is made has a path then. */
    private static void chain(Path tree, int levels) throws IOException {
        Path part = tree.resolveSibling("part");
        Path chain = tree.resolveSibling("chain");
        for (int made = 0; made < levels; made += LEVELS_AT_ONCE) {
            Path end = Files.createDirectory(part);
            for (int i = 1; i < LEVELS_AT_ONCE; i++) {
                end = Files.createDirectory(end.resolve("d"));
            }
            if (Files.exists(chain)) {
                Files.move(chain, end.resolve("d"));
            }
            Files.move(part, chain);
        }
        Files.move(chain, tree);
    }
}

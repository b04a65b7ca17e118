package io.tempfile4j.internal.journal;

import static io.tempfile4j.internal.journal.ReaderTarget.require;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recovery from a journal that was cut, mixed and damaged, with files and directories around it. The input is a list of commands
 * that write a journal as the library does and then damage it: so the journal always names what is there.
 *
 * <p>The reaper removes only what a valid record names, reports the rest, and deletes the journal only if nothing in it is
 * unreadable. No record that names a path outside the sandbox reaches the reaper: a fuzzer can forge checksums.
 */
public final class RecoveryTarget {

    /**
     * Whether a journal with an entry that nobody can recognize stays. Format version 1 forgets it, so this becomes true with
     * version 2.
     */
    private static final boolean UNDECIDED_STAYS_ON_RECORD = false;

    private static final int MOST_SEGMENTS = 3;
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private final Path journal;
    private final Path files;

    /** What may be named: paths below {@link #files}; directories end with a slash. */
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "tree/",
            "tree/inside",
            "tree/sub/",
            "tree/sub/deep",
            "empty/",
            "other",
            "link",
            "missing",
            "gone/x",
            "a/x",
            "\u00e9\ud83d\ude00");

    private final ByteBuffer commands;
    private final Map<Path, String> identities;
    private final List<byte[]> segments = new ArrayList<>();
    private byte[] earlier = {};

    private RecoveryTarget(Path sandbox, ByteBuffer commands) throws IOException {
        this.commands = commands;
        System.setProperty(JournalStart.PROPERTY, sandbox.toString());
        JournalDirectory directory = JournalDirectory.candidates().get(0);
        this.journal = directory.path().resolve("fuzzed" + JournalFile.SUFFIX);
        this.files = sandbox.resolve("files");
        if (!Files.exists(directory.path())) {
            directory.make();
        }
        this.identities = prepare();
    }

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        new RecoveryTarget(Sandbox.PATH, ByteBuffer.wrap(input)).run();
    }

    /** Recovers from the journal that {@code commands} describe, cut to a length. */
    static void recoverCut(byte[] commands, int length) throws IOException {
        RecoveryTarget target = new RecoveryTarget(Sandbox.PATH, ByteBuffer.wrap(commands));
        target.recover(Arrays.copyOf(target.build(), length));
    }

    /** Returns the journal that {@code commands} describe. */
    static byte[] build(byte[] commands) throws IOException {
        return new RecoveryTarget(Sandbox.PATH, ByteBuffer.wrap(commands)).build();
    }

    private void run() throws IOException {
        recover(build());
    }

    /* The tree. */

    /** Creates what the last run has removed. */
    private Map<Path, String> prepare() throws IOException {
        Files.createDirectories(files);
        Files.deleteIfExists(files.resolve("missing"));
        for (String name : NAMES) {
            Path path = files.resolve(name);
            boolean absent = name.equals("missing") || name.equals("gone/x") || name.equals("a/x");
            if (!absent && !Files.exists(path, NOFOLLOW_LINKS)) {
                if (name.endsWith("/")) {
                    Files.createDirectory(path);
                } else if (name.equals("link")) {
                    Files.createSymbolicLink(path, files.resolve("tree"));
                } else {
                    Files.write(path, CONTENT);
                }
                Sandbox.IDENTITIES.put(path, identityOf(path));
            }
        }
        return Sandbox.IDENTITIES;
    }

    private static String identityOf(Path path) throws IOException {
        return Platform.current()
                .settled()
                .open(path.getParent())
                .identify(path.getFileName().toString())
                .key()
                .toString();
    }

    /* The journal. */

    private int next() {
        return commands.hasRemaining() ? commands.get() & 0xff : 0;
    }

    private int nextPosition(int limit) {
        int position = next() << 16 | next() << 8 | next();
        return limit == 0 ? 0 : position % limit;
    }

    private byte[] build() {
        ByteBuffer header = header(next()).encode();
        segments.add(segment(next()));
        while (commands.hasRemaining() && segments.size() < MOST_SEGMENTS) {
            byte[] segment = segments.get(segments.size() - 1);
            switch (next() % 12) {
                case 0, 1, 2 -> record(segment, true);
                case 3, 4 -> record(segment, false);
                case 5 -> earlier = segment.clone();
                case 6 -> mix(segment);
                case 7 -> segments.add(segment(next()));
                case 8 -> segments.add(segments.get(next() % segments.size()).clone());
                case 9 -> segments.set(next() % segments.size(), new byte[Segment.SIZE]);
                case 10 -> damage(segment);
                default -> header.put(nextPosition(Header.SIZE), (byte) next());
            }
        }
        byte[] file = new byte[Header.SIZE + segments.size() * Segment.SIZE];
        header.get(0, file, 0, Header.SIZE);
        for (int i = 0; i < segments.size(); i++) {
            System.arraycopy(segments.get(i), 0, file, Header.SIZE + i * Segment.SIZE, Segment.SIZE);
        }
        return (segments.size() & 1) == 0 && earlier.length > 0
                ? Arrays.copyOf(file, nextPosition(file.length + 1))
                : file;
    }

    private static Header header(int choice) {
        Header current = Header.current();
        return (choice & 1) == 0
                ? current
                : new Header(current.pid(), current.startedMillis(), "another boot", current.program());
    }

    private static byte[] segment(int choice) {
        int[] sizes = {256, 1024, 8192, 512};
        byte[] segment = new byte[Segment.SIZE];
        ByteBuffer.wrap(segment)
                .order(JournalFile.BYTE_ORDER)
                .putInt(0, Segment.MAGIC)
                .putInt(Segment.SLOT_SIZE, sizes[choice % sizes.length]);
        return segment;
    }

    private static int slotSize(byte[] segment) {
        int size = ByteBuffer.wrap(segment).order(JournalFile.BYTE_ORDER).getInt(Segment.SLOT_SIZE);
        return Segment.isSlotSize(size) ? size : 256;
    }

    /** Registers an entry and, if it is to be live, records its identity: the right one, another one's, or none that is any. */
    private void record(byte[] segment, boolean live) {
        ByteBuffer slots = ByteBuffer.wrap(segment).order(JournalFile.BYTE_ORDER);
        int slot = (1 + next() % 4) * slotSize(segment);
        int choice = next();
        Path path = files.resolve(NAMES.get(choice % NAMES.size()));
        JournalEntry.writePlan(slots, slot, path.toString().getBytes(StandardCharsets.UTF_8), (next() & 1) != 0);
        if (live) {
            int kind = next();
            String right = identities.getOrDefault(path, "nothing");
            String identity = switch (kind % 5) {
                case 0, 1 -> right;
                case 2 -> identities.get(files.resolve("other"));
                case 3 -> right.replace("dev=", "dev=f");
                default -> "identity " + kind;
            };
            boolean directory = NAMES.get(choice % NAMES.size()).endsWith("/") ^ (kind & 0x80) != 0;
            JournalEntry.writeIdentity(slots, slot, identity, directory);
            JournalEntry.stateMade(slots, slot);
        } else {
            JournalEntry.statePlanned(slots, slot);
        }
    }

    /** Puts a part of an earlier state of the segment over the present one, as pages reach a disk in any order. */
    private void mix(byte[] segment) {
        if (earlier.length > 0) {
            int start = nextPosition(Segment.SIZE);
            System.arraycopy(earlier, start, segment, start, Math.min(1 + nextPosition(8192), Segment.SIZE - start));
        }
    }

    private void damage(byte[] segment) {
        segment[nextPosition(5 * slotSize(segment))] = (byte) next();
    }

    /* Recovery. */

    private void recover(byte[] file) throws IOException {
        Readout readout = Readout.of(file);
        for (JournalEntry entry : readout.entries) {
            if (!isSafe(entry.path())) {
                return;
            }
        }
        Files.write(journal, file);

        Orphans orphans = Reaper.reap();

        for (Map.Entry<Path, String> present : identities.entrySet()) {
            Path path = present.getKey();
            if (!Files.exists(path, NOFOLLOW_LINKS)) {
                require(readout.permits(path, identities), path + " was removed, and no record names it");
            } else if (Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                require(Arrays.equals(Files.readAllBytes(path), CONTENT), path + " was changed");
            }
        }
        for (Path removed : orphans.removed()) {
            require(!Files.exists(removed, NOFOLLOW_LINKS), removed + " is reported as removed, and is there");
        }
        if (Files.exists(journal)) {
            require(
                    !orphans.unreadable().isEmpty() || !orphans.remaining().isEmpty(),
                    "the journal stays, and nothing is reported");
            Files.delete(journal);
        } else {
            require(!readout.isDamaged || file.length == 0, "an unreadable journal was deleted");
            require(
                    !UNDECIDED_STAYS_ON_RECORD || orphans.remaining().isEmpty(),
                    "the journal was deleted, and " + orphans.remaining().size() + " entries are undecided");
        }
    }

    private boolean isSafe(String path) {
        String inside = files + "/";
        return path.startsWith(inside)
                && !path.contains("\0")
                && Path.of(path).normalize().toString().length() >= path.length() - 1
                && !path.contains("..");
    }

    /** What the reader finds in a file. */
    private static final class Readout {
        final List<JournalEntry> entries = new ArrayList<>();
        boolean isDamaged;

        static Readout of(byte[] file) throws IOException {
            Readout readout = new Readout();
            JournalReader reader = new JournalReader(new MemoryChannel(file), damage -> readout.isDamaged = true);
            try {
                reader.header();
                reader.entries(readout.entries::add);
            } catch (CorruptJournalException | NewerJournalException noJournal) {
                readout.isDamaged = true;
            }
            return readout;
        }

        /** Whether a record allows to remove an entry: it names it, or a directory that it is in, and by what was there. */
        boolean permits(Path path, Map<Path, String> identities) {
            for (JournalEntry entry : entries) {
                Path named = Path.of(entry.path());
                String present = identities.get(named);
                if (present != null && path.startsWith(named)) {
                    String recorded = entry.identity();
                    if (recorded == null ? entry.unguessable() : Sameness.of(recorded, present, false)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** A directory below that of the build, which nobody else can write to. */
    private static final class Sandbox {
        static final Path PATH = create();
        static final Map<Path, String> IDENTITIES = new LinkedHashMap<>();

        private static Path create() {
            try {
                Path build = Files.createDirectories(Path.of("target"));
                return Files.createTempDirectory(build, "sandbox-").toRealPath();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}

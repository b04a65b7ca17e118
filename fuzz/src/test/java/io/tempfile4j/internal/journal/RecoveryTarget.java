package io.tempfile4j.internal.journal;

import static io.tempfile4j.internal.journal.ReaderTarget.require;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.NumericIdentity;
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
import java.util.Locale;
import java.util.Map;

/**
 * Recovery from a journal of either version that was cut, mixed and damaged, with files and directories around it. The input is a list of commands
 * that write a journal as the library does and then damage it: so the journal always names what is there.
 *
 * <p>The reaper removes only what a valid entry names, and takes only entries off the record whose file was removed, is gone for
 * certain, or was replaced. It reports the rest, changes nothing else in the journal, and deletes it only if nothing in it is
 * unreadable. No entry that names a path outside the sandbox reaches the reaper: a fuzzer can forge checksums.
 */
public final class RecoveryTarget {

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
            isUnicode() ? "\u00e9\ud83d\ude00" : "ascii");

    private final ByteBuffer commands;
    private final Map<Path, NumericIdentity> identities;
    private final List<byte[]> segments = new ArrayList<>();
    private byte[] earlier = {};
    private int version;

    /** Returns whether paths can have any text; under {@code LC_ALL=C} they are ASCII. */
    private static boolean isUnicode() {
        return System.getProperty("sun.jnu.encoding", "")
                .toUpperCase(Locale.ROOT)
                .startsWith("UTF");
    }

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
    private Map<Path, NumericIdentity> prepare() throws IOException {
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

    private static NumericIdentity identityOf(Path path) throws IOException {
        return NumericIdentity.of(
                open(path.getParent()).identify(path.getFileName().toString()));
    }

    private static Directory open(Path directory) throws IOException {
        return Platform.current().settled().open(directory);
    }

    /* The journal. */

    private int next() {
        return commands.hasRemaining() ? commands.get() & 0xff : 0;
    }

    private int nextPosition(int limit) {
        int position = next() << 16 | next() << 8 | next();
        return limit == 0 ? 0 : position % limit;
    }

    private byte[] build() throws IOException {
        int choice = next();
        version = (choice & 2) == 0 ? FormatTwo.VERSION : FormatOne.VERSION;
        ByteBuffer header = header(choice).encode();
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

    private Header header(int choice) {
        Header current = Header.current();
        String boot = (choice & 1) == 0 ? current.boot() : "another boot";
        return new Header(version, current.pid(), current.startedMillis(), boot, current.program());
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

    /** Registers an entry and, if it is to be live, records its identity: the right one, or one that is wrong in some way. */
    private void record(byte[] segment, boolean live) throws IOException {
        ByteBuffer slots = ByteBuffer.wrap(segment).order(JournalFile.BYTE_ORDER);
        int slot = (1 + next() % 4) * slotSize(segment);
        String name = NAMES.get(next() % NAMES.size());
        Path path = files.resolve(name);
        int choice = next();
        boolean unguessable = (choice & 1) != 0;
        if (version == FormatOne.VERSION) {
            FormatOne.writeRegistered(segment, slot, path.toString().getBytes(StandardCharsets.UTF_8), unguessable);
        } else {
            boolean isText = (choice & 6) == 6;
            byte[] bytes = isText ? path.toString().getBytes(StandardCharsets.UTF_16LE) : bytes(path);
            byte flags = JournalEntry.flags(!isText, unguessable);
            JournalEntry.writeRegistration(slots, slot, bytes, flags, parentFor(path, choice >> 3));
            JournalEntry.stateRegistered(slots, slot);
        }
        if (live) {
            int kind = next();
            NumericIdentity identity = identityFor(path, kind);
            boolean directory = name.endsWith("/") ^ (kind & 0x80) != 0;
            if (version == FormatOne.VERSION) {
                FormatOne.writeLive(segment, slot, text(identity), directory);
            } else {
                JournalEntry.writeLive(slots, slot, identity, directory);
                JournalEntry.stateLive(slots, slot);
            }
        }
    }

    private byte[] bytes(Path path) throws IOException {
        byte[] prefix = open(files).pathBytesOf("a");
        byte[] name = files.relativize(path).toString().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(prefix, prefix.length - 1 + name.length);
        System.arraycopy(name, 0, bytes, prefix.length - 1, name.length);
        return bytes;
    }

    private NumericIdentity parentFor(Path path, int choice) throws IOException {
        Path parent = path.getParent();
        return switch (choice % 4) {
            case 2 -> NumericIdentity.UNKNOWN;
            case 3 -> open(files.resolve("empty")).identityOfDirectory();
            default ->
                Files.isDirectory(parent, NOFOLLOW_LINKS)
                        ? open(parent).identityOfDirectory()
                        : NumericIdentity.UNKNOWN;
        };
    }

    private NumericIdentity identityFor(Path path, int choice) {
        NumericIdentity right = identities.getOrDefault(path, NumericIdentity.UNKNOWN);
        byte kind = right.kind();
        return switch (choice % 8) {
            case 2 -> identities.get(files.resolve("other"));
            case 3 -> new NumericIdentity(kind, right.first() + 0xf00, right.second(), right.born(), right.bornNanos());
            case 4 -> new NumericIdentity(NumericIdentity.HASH, choice, right.second(), 0, 0);
            case 5 -> NumericIdentity.UNKNOWN;
            case 6 -> new NumericIdentity(kind, right.first(), right.second(), 0, 0);
            case 7 -> new NumericIdentity(kind, right.first(), right.second(), right.born(), right.bornNanos() ^ 1);
            default -> right;
        };
    }

    /** Returns an identity as version 1 has it. */
    private static String text(NumericIdentity identity) {
        if (identity.kind() != NumericIdentity.INODE) {
            return "identity " + identity.first();
        }
        String birth = identity.born() == 0 ? "" : ",born=" + identity.born() + "." + identity.bornNanos();
        return "(dev=" + Long.toHexString(identity.first()) + ",ino=" + identity.second() + birth + ")";
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
        for (JournalEntry entry : readout.entries.values()) {
            if (entry.path() != null && !isSafe(entry.path().toString())) {
                return;
            }
        }
        Files.write(journal, file);

        Orphans orphans = Reaper.reap();

        for (Map.Entry<Path, NumericIdentity> present : identities.entrySet()) {
            Path path = present.getKey();
            if (!Files.exists(path, NOFOLLOW_LINKS)) {
                require(permits(readout, path), path + " was removed, and no entry names it");
            } else if (Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                require(Arrays.equals(Files.readAllBytes(path), CONTENT), path + " was changed");
            }
        }
        for (Path removed : orphans.removed()) {
            require(!Files.exists(removed, NOFOLLOW_LINKS), removed + " is reported as removed, and is there");
        }
        byte[] kept = {};
        if (Files.exists(journal)) {
            require(
                    !orphans.unreadable().isEmpty()
                            || !orphans.remaining().isEmpty()
                            || !orphans.undecided().isEmpty(),
                    "the journal stays, and nothing is reported");
            kept = Files.readAllBytes(journal);
            Files.delete(journal);
        } else {
            require(!readout.isDamaged || file.length == 0, "an unreadable journal was deleted");
            require(orphans.undecided().isEmpty(), "the journal was deleted, and entries in it are undecided");
        }
        requireOnRecord(readout, file, kept);
    }

    /** Requires that nothing has changed in the journal but that entries went off the record that may. */
    private void requireOnRecord(Readout readout, byte[] file, byte[] kept) throws IOException {
        ByteBuffer expected = ByteBuffer.wrap(file).order(JournalFile.BYTE_ORDER);
        for (Map.Entry<Long, JournalEntry> entry : readout.entries.entrySet()) {
            int slot = entry.getKey().intValue();
            boolean stays = kept.length > 0
                    && ByteBuffer.wrap(kept).order(JournalFile.BYTE_ORDER).getInt(slot) != JournalEntry.FREE;
            if (!stays) {
                require(
                        mayGoOffRecord(readout, entry.getValue()),
                        entry.getValue() + " went off the record, and nothing shows that it is gone");
                JournalEntry.stateFree(expected, slot);
            }
        }
        require(kept.length == 0 || Arrays.equals(kept, file), "the journal was changed");
    }

    /** Returns whether an entry names this or a directory that it is in, and by what was there. */
    private boolean permits(Readout readout, Path path) {
        for (JournalEntry entry : readout.entries.values()) {
            NumericIdentity present = entry.path() == null ? null : identities.get(entry.path());
            if (present != null && path.startsWith(entry.path())) {
                if (entry.identity().kind() == NumericIdentity.NONE
                        ? entry.unguessable()
                        : entry.directory() == wasDirectory(entry.path()) && isOne(readout, entry, present)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayGoOffRecord(Readout readout, JournalEntry entry) throws IOException {
        Path path = entry.path();
        if (path == null) {
            return false;
        }
        NumericIdentity present = identities.get(path);
        Path parent = path.getParent();
        if (present == null) {
            return readout.isBelowAnother(path)
                    || (parent.equals(files)
                            && isSameInode(readout, entry.parent(), open(files).identityOfDirectory()));
        }
        if (!Files.exists(path, NOFOLLOW_LINKS)) {
            return true;
        }
        boolean isOther =
                entry.directory() != wasDirectory(path) || (entry.unguessable() && !isOne(readout, entry, present));
        boolean isThatParent = entry.parent().kind() == NumericIdentity.NONE
                || isSameInode(readout, entry.parent(), open(parent).identityOfDirectory());
        return entry.identity().kind() != NumericIdentity.NONE && isOther && isThatParent;
    }

    private boolean wasDirectory(Path path) {
        return NAMES.contains(files.relativize(path) + "/");
    }

    /** Of a name that others can have everything must be the same; otherwise two times of birth, if both are known. */
    private static boolean isOne(Readout readout, JournalEntry entry, NumericIdentity present) {
        NumericIdentity recorded = entry.identity();
        boolean sameBirth = recorded.born() == present.born() && recorded.bornNanos() == present.bornNanos();
        if (!entry.unguessable()) {
            return sameBirth && present.born() != 0 && recorded.equals(present);
        }
        boolean bothBorn = recorded.born() != 0 && present.born() != 0;
        return isSameInode(readout, recorded, present) && (sameBirth || !bothBorn);
    }

    /** Device numbers mean the same only until the machine is started again. */
    private static boolean isSameInode(Readout readout, NumericIdentity recorded, NumericIdentity present) {
        return recorded.kind() == NumericIdentity.INODE
                && present.kind() == NumericIdentity.INODE
                && recorded.second() == present.second()
                && (recorded.first() == present.first() || readout.isOfOtherBoot);
    }

    private boolean isSafe(String path) {
        return path.startsWith(files + "/") && !path.contains("..");
    }

    /** What the reader finds in a file. */
    private static final class Readout {
        final Map<Long, JournalEntry> entries = new LinkedHashMap<>();
        boolean isDamaged;
        boolean isOfOtherBoot;

        static Readout of(byte[] file) throws IOException {
            Readout readout = new Readout();
            JournalReader reader = new JournalReader(new MemoryChannel(file), damage -> readout.isDamaged = true);
            try {
                readout.isOfOtherBoot = !reader.header().boot().equals(Header.currentBoot());
                reader.entries((entry, position) -> readout.entries.put(position, entry));
            } catch (CorruptJournalException | NewerJournalException noJournal) {
                readout.isDamaged = true;
            }
            return readout;
        }

        /** Returns whether a path is below one that another entry names. */
        boolean isBelowAnother(Path path) {
            for (JournalEntry entry : entries.values()) {
                if (entry.path() != null && path.startsWith(entry.path()) && !path.equals(entry.path())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A directory below that of the build, which nobody else can write to. */
    private static final class Sandbox {
        static final Path PATH = create();
        static final Map<Path, NumericIdentity> IDENTITIES = new LinkedHashMap<>();

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

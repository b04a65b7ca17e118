package io.tempfile4j;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import io.tempfile4j.internal.journal.Journal;
import io.tempfile4j.internal.journal.JournalStart;
import io.tempfile4j.internal.journal.Reaper;
import io.tempfile4j.internal.lifetime.Kind;
import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingHandle;
import io.tempfile4j.internal.lifetime.LivingResource;
import io.tempfile4j.internal.lifetime.ProgramEnd;
import io.tempfile4j.internal.lifetime.Registry;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.EscapingLogger;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.Location;
import io.tempfile4j.internal.platform.NameRules;
import io.tempfile4j.internal.platform.Names;
import io.tempfile4j.internal.platform.Platform;
import io.tempfile4j.internal.platform.Umask;
import io.tempfile4j.internal.platform.Undo;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where temporary things are made, under which policy; and a scope that removes all of them when it is closed.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "space"}
 *
 * <p>A space need not be closed: it then removes nothing by itself, what was made in it ends as everything else does. It
 * does not keep what was made in it from being garbage. Nothing but what was asked for ever appears in its directory.
 *
 * <p>At the end of the JVM, resources are removed when its other shutdown hooks have ended: see {@link #holdEnd}.
 *
 * <p>Python: the arguments {@code dir}, {@code prefix}, {@code suffix}, {@code delete} of each function, said once. Rust:
 * {@code Builder}. Immutable, and safe for use by many threads.
 */
public final class TempSpace implements Closeable {

    private static final Set<PosixFilePermission> PRIVATE = Set.of(OWNER_READ, OWNER_WRITE);
    private static final Object SYSTEM_LOCK = new Object();
    private static volatile @Nullable TempSpace system;

    /** Hidden, so that who reads all of a directory, all {@code *.conf} say, passes it by; short, so that it fits. */
    static final String BESIDE_PREFIX = ".tmp-";

    private static final Names.Pattern BESIDE = new Names.Pattern(BESIDE_PREFIX, Names.DEFAULT_RANDOM_LENGTH, "");

    private final Directory directory;
    private final Registry registry;
    private final Platform platform;
    private final Names names;
    private final String prefix;
    private final String suffix;
    private final int randomLength;
    private final Set<PosixFilePermission> filePermissions;
    private final @Nullable Set<PosixFilePermission> chosenPermissions;
    private final Set<PosixFilePermission> directoryPermissions;
    private final boolean deleteOnClose;
    private final boolean ignoreCleanupErrors;

    /** Whether the next process removes what this one leaves if it is killed. */
    private final boolean recorded;

    private TempSpace(Directory directory, Registry registry, Builder policy) {
        this.directory = directory;
        this.registry = registry;
        this.platform = policy.platform;
        this.names = policy.names;
        this.prefix = policy.prefix;
        this.suffix = policy.suffix;
        this.randomLength = policy.randomLength;
        this.chosenPermissions = policy.filePermissions;
        this.filePermissions = chosenPermissions == null ? PRIVATE : chosenPermissions;
        this.directoryPermissions = policy.directoryPermissions;
        this.deleteOnClose = policy.deleteOnClose;
        this.ignoreCleanupErrors = policy.ignoreCleanupErrors;
        // Another file system, one in memory say, ends with the process, or cannot be found again by the next one.
        this.recorded = policy.crashCleanup && directory.path().getFileSystem().equals(FileSystems.getDefault());
    }

    // ---- Having a space

    /**
     * The space in {@link Tempfile#gettempdir()}, with the default policy, that everything is made in unless another
     * one is named. It ends with the program; closing it is refused.
     *
     * @return always the same
     * @throws NoUsableTempDirectoryException if there is no directory for temporary files; the next call looks again
     * @throws IOException if the directory vanishes meanwhile
     */
    public static TempSpace system() throws IOException {
        TempSpace known = system;
        return known != null ? known : openSystem();
    }

    private static TempSpace openSystem() throws IOException {
        synchronized (SYSTEM_LOCK) {
            TempSpace known = system;
            if (known == null) {
                // Before anything fails: the journal may have been opened, and its end must be seen to.
                Registry process = Registry.process();
                Path chosen = chooseDirectory();
                Directory directory = Platform.current().open(chosen);
                directory.hold();
                known = new TempSpace(directory, process, builder());
                system = known;
            }
            return known;
        }
    }

    private static Path chooseDirectory() throws IOException {
        Location location = Location.choose();
        for (Location.Refusal refusal : location.refused()) {
            if (refusal.asked()) {
                EscapingLogger.get().log(System.Logger.Level.WARNING, "not used for temporary files: {0}", refusal);
            }
        }
        Path directory = location.directory();
        if (directory == null) {
            throw new NoUsableTempDirectoryException(location.refused());
        }
        if (!location.exposure().isEmpty()) {
            EscapingLogger.get()
                    .log(
                            System.Logger.Level.WARNING,
                            "temporary files go to {0}, but {1}; set TMPDIR to a directory of your own, or set the"
                                    + " sticky bit",
                            directory,
                            location.exposure());
        }
        return directory;
    }

    /**
     * A space in a directory, with the default policy.
     *
     * @param directory an existing directory, on any file system; in a ZIP file, say, whose provider has no channels as
     *     they are needed, directories can be made but no files
     * @return a new space
     * @throws NoSuchFileException if it does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be looked at
     */
    public static TempSpace in(Path directory) throws IOException {
        if (Objects.requireNonNull(directory, "directory").getFileSystem().equals(FileSystems.getDefault())) {
            // Before the classes of a builder are loaded.
            JournalStart.now();
            Registry.process();
        }
        return builder().directory(directory).open();
    }

    /**
     * A space with a policy of its own.
     *
     * @return a builder with the default policy
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The directory in which things are made.
     *
     * @return absolute and normalised
     */
    public Path directory() {
        return directory.path();
    }

    // ---- Making things

    /**
     * Makes a file without a name.
     *
     * @return a new, empty file, open for reading and writing
     * @throws IllegalStateException if the space is closed
     * @throws IOException if it cannot be made; nothing is left then
     */
    public TemporaryFile temporaryFile() throws IOException {
        LivingHandle living = new LivingHandle(registry, Kind.TEMPORARY_FILE, directory());
        return make(living, prefix, suffix, new Attempts.Nameless(this, living));
    }

    /**
     * Makes a file with the prefix and suffix of the space.
     *
     * @return a new, empty file, open for reading and writing
     * @throws IllegalStateException if the space is closed
     * @throws IOException if it cannot be made; nothing is left then
     */
    public NamedTemporaryFile namedTemporaryFile() throws IOException {
        return namedTemporaryFile(prefix, suffix);
    }

    /**
     * Makes a file.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return a new, empty file, open for reading and writing
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IllegalStateException if the space is closed
     * @throws IOException if it cannot be made; nothing is left then
     */
    public NamedTemporaryFile namedTemporaryFile(String prefix, String suffix) throws IOException {
        LivingEntry living = entry(Kind.NAMED_TEMPORARY_FILE);
        return make(living, prefix, suffix, new Attempts.Named(this, living));
    }

    /**
     * Makes a file in memory, which moves to disk when it outgrows the limit. The directory is looked at only then.
     *
     * @param maxSize how many bytes may be in memory; 0: any number, it rolls over only when asked to
     * @return a new, empty file, open for reading and writing
     * @throws IllegalArgumentException if {@code maxSize} is negative
     * @throws IllegalStateException if the space is closed
     * @throws IOException never now; a later version may look at the directory
     */
    public SpooledTemporaryFile spooledTemporaryFile(long maxSize) throws IOException {
        if (maxSize < 0) {
            throw new IllegalArgumentException("maxSize is negative: " + maxSize);
        }
        LivingHandle living = new LivingHandle(registry, Kind.SPOOLED_TEMPORARY_FILE, directory());
        try {
            living.plan();
            living.made();
            return own(living, new SpooledTemporaryFile(this, living, maxSize));
        } catch (Throwable failure) {
            living.creationFailed = true;
            living.abandon(failure);
            throw failure;
        }
    }

    /**
     * Makes a directory with the prefix and suffix of the space.
     *
     * @return a new, empty directory
     * @throws IllegalStateException if the space is closed
     * @throws IOException if it cannot be made
     */
    public TemporaryDirectory temporaryDirectory() throws IOException {
        return temporaryDirectory(prefix, suffix);
    }

    /**
     * Makes a directory.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return a new, empty directory
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IllegalStateException if the space is closed
     * @throws IOException if it cannot be made
     */
    public TemporaryDirectory temporaryDirectory(String prefix, String suffix) throws IOException {
        LivingEntry living = entry(Kind.TEMPORARY_DIRECTORY);
        return make(living, prefix, suffix, new Attempts.OfDirectory(this, living));
    }

    /**
     * Has the caller make something at a path that nobody can have guessed, and sees to its removal.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @param maker makes it, and decides about its permissions; called again, with another path, while it says that the
     *     name is taken. What it leaves when it fails with another exception stays; after an {@link Error} it is removed
     * @return what was made
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IllegalStateException if the space is closed
     * @throws NoSuchFileException if the maker has made nothing
     * @throws IOException what the maker throws
     */
    public TemporaryPath temporaryPath(String prefix, String suffix, PathMaker maker) throws IOException {
        Objects.requireNonNull(maker, "maker");
        LivingEntry living = entry(Kind.TEMPORARY_PATH);
        return make(living, prefix, suffix, new Attempts.AtPath(this, living, maker));
    }

    // ---- Its end

    /**
     * Removes all that is alive in it, the newest first, also what other threads are just making; refuses to make things
     * from then on. What was kept, and the directory itself, stay. Closing it again does nothing.
     *
     * @throws UnsupportedOperationException if this is {@link #system()}
     * @throws CleanupException naming what could not be removed; all the rest is
     */
    @Override
    public void close() throws IOException {
        if (registry == Registry.process()) {
            throw new UnsupportedOperationException("the system's space ends with the program");
        }
        Map<LivingResource, IOException> failures = registry.close();
        directory.release();
        if (!failures.isEmpty()) {
            throw CleanupException.of(directory(), failures);
        }
    }

    /**
     * What is alive in this space, and what has happened in it; of {@link #system()}: in all spaces of the process.
     *
     * {@snippet class = "io.tempfile4j.SnippetsTest" region = "observe"}
     *
     * @return a snapshot; while other threads make and remove things, its parts may be of slightly different moments
     */
    public Stats stats() {
        return Stats.of(registry);
    }

    /**
     * Removes what dead processes of the same user have left, of any space, now. The first making in a process does so in
     * the background; so this is for who wants to wait for it, or to know.
     *
     * <p>A process is dead when the system has released the lock on its journal: neither its number nor any age counts.
     * Only what is identical to what was made is removed.
     *
     * @return what was removed, and what was not
     * @throws IOException if the journals cannot be looked for
     */
    public static ReapReport reapOrphans() throws IOException {
        return ReapReport.of(Reaper.reap());
    }

    /**
     * Holds the end of the JVM for a component that uses temporary resources while the JVM shuts down: a server that
     * completes the requests it has accepted, for example. Shutdown hooks run at the same time. Until every hold is
     * released, resources can be created and used, and nothing is removed.
     *
     * {@snippet class = "io.tempfile4j.SnippetsTest" region = "hold-end"}
     *
     * <p>When the last hold is released, removal begins at once, whatever other shutdown hooks do. Without any hold, it
     * begins when the other shutdown hooks have ended; if they have not within the limit of {@code -Dtempfile4j.end}
     * ({@code PT5S} by default), the next process removes what is left.
     *
     * <p>A hold that is not released in {@code atMost} is logged as a warning and no longer counts. The end of the JVM is
     * delayed by the longest hold, and then by removal, for the limit of {@code -Dtempfile4j.end} at most. A hold delays
     * nothing but the end of the JVM: to take one for the life of a program costs nothing.
     *
     * @param who the component, for the warning
     * @param atMost the longest time to wait for its release, from the start of the shutdown; longer than the time that
     *     the component itself takes at most
     * @return the hold, to be closed when the component needs no temporary resources any more
     * @throws IllegalArgumentException if {@code who} is blank, or {@code atMost} is not positive
     * @throws IllegalStateException if the JVM is shutting down and removal has begun
     */
    public static EndHold holdEnd(String who, Duration atMost) {
        if (Objects.requireNonNull(who, "who").isBlank()) {
            throw new IllegalArgumentException("cannot hold the end of the JVM: who is blank");
        }
        if (Objects.requireNonNull(atMost, "atMost").isNegative() || atMost.isZero()) {
            throw new IllegalArgumentException(
                    "cannot hold the end of the JVM for " + who + ": atMost is not positive: " + atMost);
        }
        return new EndHold(who, ProgramEnd.hold(who, atMost));
    }

    /** Says where it is, for messages. */
    @Override
    public String toString() {
        return "TempSpace[" + directory() + "]";
    }

    // ---- How things are made

    private LivingEntry entry(Kind kind) {
        Journal journal = deleteOnClose ? journal() : Journal.off();
        return new LivingEntry(registry, kind, directory, ignoreCleanupErrors, journal);
    }

    private Journal journal() {
        return recorded ? Journal.process() : Journal.off();
    }

    private <T> T make(LivingResource living, String prefix, String suffix, Names.Attempt<T> attempt)
            throws IOException {
        checkParts(prefix, suffix);
        try {
            living.plan();
            return chooseChecked(prefix, suffix, attempt);
        } catch (Throwable failure) {
            living.creationFailed = true;
            living.abandon(failure);
            throw failure;
        }
    }

    private <T> T choose(String prefix, String suffix, Names.Attempt<T> attempt) throws IOException {
        checkParts(prefix, suffix);
        return chooseChecked(prefix, suffix, attempt);
    }

    private <T> T chooseChecked(String prefix, String suffix, Names.Attempt<T> attempt) throws IOException {
        try {
            return names.choose(
                    directory(), new Names.Pattern(prefix, randomLength, suffix), Tempfile.TMP_MAX, attempt);
        } catch (FileAlreadyExistsException exhausted) {
            throw exhausted;
        } catch (FileSystemException failure) {
            throw WrongDirectory.blamed(directory(), failure);
        }
    }

    private void checkParts(String prefix, String suffix) {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(suffix, "suffix");
        NameRules.check(directory().getFileSystem(), prefix, suffix);
    }

    // ---- For each attempt

    FileHandle createUnnamed(String name) throws IOException {
        if (directory.makesWithoutName()) {
            return directory.createUnnamed(name, filePermissions);
        }
        // On record while it has a name.
        LivingEntry named = new LivingEntry(registry, Kind.TEMPORARY_FILE, directory, false, journal());
        FileHandle handle = null;
        try {
            named.plan();
            named.planned(name, isUnguessable());
            handle = directory.createUnnamed(name, filePermissions);
            named.withdraw();
            return handle;
        } catch (Throwable failure) {
            named.creationFailed = true;
            named.abandon(failure);
            Undo.close(failure, handle);
            throw failure;
        }
    }

    Directory.MadeFile createFile(String name) throws IOException {
        return directory.createFile(name, filePermissions);
    }

    Identity createDirectory(String name) throws IOException {
        return directory.createDirectory(name, directoryPermissions);
    }

    Identity identify(String name) throws IOException {
        return directory.identify(name);
    }

    /** Whether what is at a name of this space can be nothing but what was made there. */
    boolean isUnguessable() {
        return randomLength >= Names.DEFAULT_RANDOM_LENGTH;
    }

    /** From now on what was made ends with its owner, at the latest. */
    <T> T own(LivingResource living, T owner) {
        living.watch(owner);
        boolean named = living instanceof LivingEntry;
        if (named && !deleteOnClose && !living.keep()) {
            throw new IllegalStateException("the space in " + directory() + " was closed meanwhile");
        }
        return owner;
    }

    /** What a spooled file rolls over to; its life is that of the spooled file. */
    FileHandle createUnnamed() throws IOException {
        return choose(prefix, suffix, this::createUnnamed);
    }

    // ---- For the functions of Python's module: what they make, nothing here removes

    MkstempResult mkstemp(String prefix, String suffix) throws IOException {
        return choose(
                prefix,
                suffix,
                name -> new Unowned(name, Kind.NAMED_TEMPORARY_FILE)
                        .create(() -> new MkstempResult(
                                directory.createChannel(name, filePermissions),
                                directory().resolve(name))));
    }

    Path mkdtemp(String prefix, String suffix) throws IOException {
        return choose(
                prefix,
                suffix,
                name -> new Unowned(name, Kind.TEMPORARY_DIRECTORY).create(() -> {
                    directory.createDirectory(name, directoryPermissions);
                    return directory().resolve(name);
                }));
    }

    /** An entry that belongs to the caller once it is created; until then a failure removes it. */
    private final class Unowned {
        private final LivingEntry entry;
        private final String name;

        Unowned(String name, Kind kind) {
            this.name = name;
            this.entry = new LivingEntry(registry, kind, directory, false, Journal.off());
        }

        <T> T create(Creation<T> creation) throws IOException {
            try {
                planIfOpen();
                entry.planned(name, isUnguessable());
                T created = creation.create();
                entry.withdraw();
                return created;
            } catch (Throwable failure) {
                entry.creationFailed = true;
                entry.abandon(failure);
                throw failure;
            }
        }

        /** What the caller owns is created also while the program ends. */
        private void planIfOpen() {
            try {
                entry.plan();
            } catch (IllegalStateException ending) {
                return;
            }
        }
    }

    @FunctionalInterface
    private interface Creation<T> {
        T create() throws IOException;
    }

    Path mktemp(String prefix, String suffix) throws IOException {
        return choose(prefix, suffix, name -> {
            Path path = directory().resolve(name);
            try {
                directory.identify(name);
            } catch (NoSuchFileException free) {
                return path;
            }
            throw new FileAlreadyExistsException(path.toString());
        });
    }

    // ---- For what is persisted

    /** Opens the directory of a target. */
    Directory open(Path targetDirectory) throws IOException {
        return targetDirectory.equals(directory()) ? directory : platform.open(targetDirectory);
    }

    /** What is going to be made next to a target, until that is its name. */
    LivingEntry entryIn(Directory targetDirectory) {
        return new LivingEntry(registry, Kind.NAMED_TEMPORARY_FILE, targetDirectory, ignoreCleanupErrors, journal());
    }

    <T> T chooseBeside(Directory targetDirectory, Names.Attempt<T> attempt) throws IOException {
        return names.choose(targetDirectory.path(), BESIDE, Tempfile.TMP_MAX, attempt);
    }

    /** The permissions files are made with. */
    Set<PosixFilePermission> filePermissions() {
        return filePermissions;
    }

    /** The permissions of a file that stays: those chosen for this space, or else those of any new file. */
    Set<PosixFilePermission> persistedPermissions() {
        return chosenPermissions == null ? Umask.newFile() : chosenPermissions;
    }

    /**
     * The policy of a space. Each setter checks its argument at once, and returns the builder. Not safe for threads.
     */
    public static final class Builder {

        private static final int MAX_RANDOM_LENGTH = 64;

        private @Nullable Path directory;
        private Platform platform = Platform.current();
        private Names names = Names.system();
        private String prefix = Tempfile.PREFIX;
        private String suffix = "";
        private int randomLength = Names.DEFAULT_RANDOM_LENGTH;
        private @Nullable Set<PosixFilePermission> filePermissions;
        private Set<PosixFilePermission> directoryPermissions = Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
        private boolean deleteOnClose = true;
        private boolean ignoreCleanupErrors;
        private boolean crashCleanup = true;

        private Builder() {}

        /**
         * Where things are made. Default: {@link Tempfile#gettempdir()}.
         *
         * @param directory on any file system; relative to the working directory, which the empty path names too; looked
         *     at by {@link #open()}
         * @return this
         */
        public Builder directory(Path directory) {
            this.directory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * What names begin with, unless a method is given another. Default: {@code "tmp"}.
         *
         * @param prefix may be empty; checked against the rules of the file system by {@link #open()}
         * @return this
         */
        public Builder prefix(String prefix) {
            this.prefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /**
         * What names end with, unless a method is given another. Default: {@code ""}.
         *
         * @param suffix may be empty; checked against the rules of the file system by {@link #open()}
         * @return this
         */
        public Builder suffix(String suffix) {
            this.suffix = Objects.requireNonNull(suffix, "suffix");
            return this;
        }

        /**
         * How many random characters, of 36, stand between prefix and suffix. Default: 12, which is 62 bits. With fewer
         * names can be guessed, and run out.
         *
         * @param characters 1 to 64
         * @return this
         */
        public Builder randomLength(int characters) {
            if (characters < 1 || characters > MAX_RANDOM_LENGTH) {
                throw new IllegalArgumentException("randomLength " + characters + " is not 1 to " + MAX_RANDOM_LENGTH);
            }
            this.randomLength = characters;
            return this;
        }

        /**
         * The permissions of files, whatever the umask, also of those that are {@linkplain FileObject#persist persisted}.
         * Default: 0600, and when persisted those that the umask leaves of 0666.
         *
         * <p><b>Windows:</b> what is for the owner alone gets an access control list with one entry for the user;
         * anything wider inherits that of the directory; the owner can be denied neither reading nor writing.
         *
         * @param p the permissions
         * @return this
         */
        public Builder filePermissions(Set<PosixFilePermission> p) {
            this.filePermissions = Set.copyOf(Objects.requireNonNull(p, "p"));
            return this;
        }

        /**
         * The permissions of directories, whatever the umask. Default: 0700.
         *
         * <p><b>Windows:</b> as {@link #filePermissions}.
         *
         * @param p the permissions
         * @return this
         */
        public Builder directoryPermissions(Set<PosixFilePermission> p) {
            this.directoryPermissions = Set.copyOf(Objects.requireNonNull(p, "p"));
            return this;
        }

        /**
         * Whether what has a name is removed when it is closed. Default: true. With false it is kept on every route:
         * close, garbage collection, end of the space, end of the program. Python: {@code delete=False}.
         *
         * @param delete false to keep
         * @return this
         */
        public Builder deleteOnClose(boolean delete) {
            this.deleteOnClose = delete;
            return this;
        }

        /**
         * Whether a failure to remove is nobody's concern. Default: false. Closing again tries again. Python: {@code
         * ignore_cleanup_errors}.
         *
         * @param ignore true to throw and log nothing
         * @return this
         */
        public Builder ignoreCleanupErrors(boolean ignore) {
            this.ignoreCleanupErrors = ignore;
            return this;
        }

        /**
         * Whether the next process of the same user removes what this one leaves when it is killed. Default: true. It
         * applies to what has a name on the default file system, and is removed on close. The record is kept in a
         * private directory of the user in {@code /var/tmp}, never in the directory of the space.
         *
         * @param enabled false to keep no record
         * @return this
         * @see TempSpace#reapOrphans()
         */
        public Builder crashCleanup(boolean enabled) {
            this.crashCleanup = enabled;
            return this;
        }

        /** For tests: what the operating system does. */
        Builder platform(Platform platform) {
            this.platform = platform;
            return this;
        }

        /** For tests: which names come. */
        Builder names(Names names) {
            this.names = names;
            return this;
        }

        /**
         * Opens the space. Nothing is made.
         *
         * @return a new space
         * @throws IllegalArgumentException if prefix or suffix holds a separator, NUL, or what the file system of the
         *     directory does not allow
         * @throws NoSuchFileException if the directory does not exist
         * @throws NotDirectoryException if it is not a directory
         * @throws NoUsableTempDirectoryException if none was named, and there is none for temporary files
         * @throws IOException if it cannot be looked at
         */
        public TempSpace open() throws IOException {
            if (crashCleanup && (directory == null || directory.getFileSystem().equals(FileSystems.getDefault()))) {
                JournalStart.now();
            }
            // Before anything fails, as above.
            Registry process = Registry.process();
            Path where = directory == null ? Tempfile.gettempdir() : Location.absolute(directory);
            NameRules.check(where.getFileSystem(), prefix, suffix);
            Directory opened = platform.open(where);
            return new TempSpace(opened, process.child("the space in " + where), this);
        }
    }
}

package io.tempfile4j.internal.platform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes and opens with pure {@code java.nio.file}, on every provider; how entries are removed is for the subclasses.
 *
 * <p>NIO makes a file by path only, so making does not go through a handle of the directory: it is safe because it is
 * exclusive. NIO cannot ask an open file for its identity either: it is read by path directly after making, which a
 * stranger who may rename entries of the directory could use to have a file of his own taken for ours.
 */
abstract class PortableDirectory implements Directory {

    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path path;
    private final Permissions permissions;

    /** Null until it is read. */
    private volatile @Nullable Identity identity;

    /** The same as numbers; null until somebody asks. */
    private volatile @Nullable NumericIdentity numbers;

    /** Begins the bytes of the path of each entry; null until one is asked for. */
    private volatile byte @Nullable [] prefix;

    PortableDirectory(Path path, @Nullable Identity identity) {
        this.path = path;
        this.permissions = Permissions.of(path.getFileSystem());
        this.identity = identity;
    }

    static Directory open(Path path) throws IOException {
        Identity identity;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            identity = Identity.of(attributes);
            if (!attributes.isDirectory()) {
                throw new NotDirectoryException(path.toString());
            }
        } catch (FileSystemException failure) {
            if (failure instanceof NotDirectoryException || !Location.isBelowFile(path)) {
                throw failure;
            }
            NotDirectoryException better = new NotDirectoryException(path.toString());
            better.initCause(failure);
            throw better;
        }
        return hasSecureStreams(path) ? new SecureDirectory(path, identity) : new PathDirectory(path, identity);
    }

    /** Whether the provider has {@code openat} and its family; to ask takes a process as long as to make a file. */
    private static boolean hasSecureStreams(Path path) throws IOException {
        if (path.getFileSystem().equals(FileSystems.getDefault())) {
            return switch (Os.current()) {
                case LINUX, MACOS -> true;
                case WINDOWS -> false;
                case OTHER -> DefaultFileSystem.SECURE;
            };
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            return stream instanceof SecureDirectoryStream;
        }
    }

    @Override
    public final Path path() {
        return path;
    }

    @Override
    public final byte[] pathBytesOf(String name) {
        byte[] known = prefix;
        if (known == null) {
            known = PathBytes.prefix(path);
            prefix = known;
        }
        return PathBytes.encode(path, known, name);
    }

    @Override
    public final NumericIdentity identityOfDirectory() {
        NumericIdentity known = numbers;
        if (known == null) {
            known = readIdentity();
            numbers = known;
        }
        return known;
    }

    private NumericIdentity readIdentity() {
        Identity read = identity;
        try {
            return NumericIdentity.of(
                    read == null ? Identity.of(Files.readAttributes(path, BasicFileAttributes.class)) : read);
        } catch (IOException unknown) {
            return NumericIdentity.UNKNOWN;
        }
    }

    /** Forgets the identity: another directory is at the path, in which entries are created from now on. */
    final void forgetIdentity() {
        identity = null;
        numbers = null;
    }

    final Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public final MadeFile createFile(String name, Set<PosixFilePermission> requested) throws IOException {
        Path file = resolve(name);
        Channel channel = openNew(file, NEW, requested);
        try {
            Identity identity = Identity.of(permissions.ensure(file, requested));
            return new MadeFile(handle(channel, new NamedChannels(name, identity)), identity);
        } catch (Throwable failure) {
            undo(failure, channel, file);
            throw failure;
        }
    }

    @Override
    public final FileChannel createChannel(String name, Set<PosixFilePermission> requested) throws IOException {
        Path file = resolve(name);
        FileChannel channel = openNewChannel(file, NEW, permissions.forFile(requested));
        try {
            permissions.ensure(file, requested);
            return channel;
        } catch (Throwable failure) {
            undo(failure, channel, file);
            throw failure;
        }
    }

    @Override
    public final FileHandle createUnnamed(String name, Set<PosixFilePermission> requested) throws IOException {
        Path file = resolve(name);
        if (!permissions.arePosix() && path.getFileSystem().equals(FileSystems.getDefault())) {
            // Windows keeps the name of an open file in any case, and removes it at the last close, even by a crash.
            Set<OpenOption> options = new HashSet<>(NEW);
            options.add(StandardOpenOption.DELETE_ON_CLOSE);
            return handle(openNew(file, options, requested), new DeletedOnClose(file));
        }
        // Foreign providers may accept DELETE_ON_CLOSE and do nothing about it, as Jimfs does.
        UnlinkedChannels channels = new UnlinkedChannels(file);
        FileHandle handle = handle(openNew(file, NEW, requested), channels);
        try {
            channels.beforeUnlink();
            Files.deleteIfExists(file);
            return handle;
        } catch (Throwable failure) {
            undo(failure, handle, file);
            throw failure;
        }
    }

    @Override
    public final Identity createDirectory(String name, Set<PosixFilePermission> requested) throws IOException {
        Path directory = resolve(name);
        try {
            Files.createDirectory(directory, permissions.forDirectory(requested));
        } catch (UnsupportedOperationException notAtCreation) {
            Files.createDirectory(directory);
        }
        try {
            return Identity.of(permissions.ensure(directory, requested));
        } catch (Throwable failure) {
            undo(failure, null, directory);
            throw failure;
        }
    }

    @Override
    public final Identity identify(String name) throws IOException {
        return Identity.of(Files.readAttributes(resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public final FileChannel open(String name, Identity identity, Set<? extends OpenOption> options)
            throws IOException {
        requireSame(name, identity);
        Set<OpenOption> noFollow = new HashSet<>(options);
        noFollow.add(LinkOption.NOFOLLOW_LINKS);
        // Opening must neither make a file nor empty a stranger's before it is known to be ours.
        noFollow.remove(StandardOpenOption.CREATE);
        boolean truncate = noFollow.remove(StandardOpenOption.TRUNCATE_EXISTING);
        // On Unix the JDK removes the name at once: nobody could tell any more whose it was.
        boolean deleteOnClose = noFollow.remove(StandardOpenOption.DELETE_ON_CLOSE);
        FileChannel channel = FileChannel.open(resolve(name), noFollow);
        try {
            requireSame(name, identity);
            if (deleteOnClose) {
                removeFile(name, identity);
            }
            return truncate ? channel.truncate(0) : channel;
        } catch (Throwable failure) {
            channel.close();
            throw failure;
        }
    }

    private void requireSame(String name, Identity identity) throws IOException {
        if (!identify(name).equals(identity)) {
            throw new NoSuchFileException(
                    resolve(name).toString(), null, "something else is there now, the file that was made is not");
        }
    }

    private Channel openNew(Path file, Set<OpenOption> options, Set<PosixFilePermission> requested) throws IOException {
        FileAttribute<?>[] attributes = permissions.forFile(requested);
        try {
            return AsynchronousFileChannel.open(
                    file, options, CallerRuns.executorFor(file.getFileSystem()), attributes);
        } catch (UnsupportedOperationException noAsynchronousChannels) {
            return openNewChannel(file, options, attributes);
        }
    }

    private static FileHandle handle(Channel channel, Channels channels) {
        return channel instanceof AsynchronousFileChannel asynchronous
                ? new AsynchronousHandle(asynchronous, channels)
                : new ChannelHandle((FileChannel) channel, channels);
    }

    private static FileChannel openNewChannel(Path file, Set<OpenOption> options, FileAttribute<?>[] attributes)
            throws IOException {
        try {
            return FileChannel.open(file, options, attributes);
        } catch (UnsupportedOperationException notAtCreation) {
            return openNewChannel(file, options);
        } catch (IllegalArgumentException refused) {
            throw noChannels(file, refused);
        }
    }

    private static FileChannel openNewChannel(Path file, Set<OpenOption> options) throws IOException {
        try {
            return FileChannel.open(file, options);
        } catch (UnsupportedOperationException | IllegalArgumentException refused) {
            throw noChannels(file, refused);
        }
    }

    /** Providers need not have channels; those of a ZIP file cannot be told to follow no link. */
    private static FileSystemException noChannels(Path file, RuntimeException refused) {
        FileSystemException said = new FileSystemException(
                file.toString(),
                null,
                "file systems of the kind '" + file.getFileSystem().provider().getScheme()
                        + "' do not open files as it is needed here");
        said.initCause(refused);
        return said;
    }

    /** What cannot be undone is added to the failure: the caller keeps the entry on record then. */
    private static void undo(Throwable failure, @Nullable Closeable open, Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (Throwable alsoFailed) {
            Undo.suppress(failure, alsoFailed);
        }
        Undo.close(failure, open);
    }

    @Override
    public final void rename(String name, Identity identity, Directory to, String target, boolean replace)
            throws IOException {
        requireSame(name, identity);
        PortableRename rename = new PortableRename(this, name, identity, to, target, permissions.arePosix());
        if (replace) {
            rename.replacing();
        } else {
            rename.exclusively();
        }
    }

    /** An interrupt would close a {@code FileChannel} before it has forced anything. */
    @Override
    public final void force() throws IOException {
        if (!permissions.arePosix() || !path.getFileSystem().equals(FileSystems.getDefault())) {
            // Windows opens no directories, and what is in memory is not to survive.
            return;
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(
                path, Set.of(StandardOpenOption.READ), CallerRuns.executorFor(path.getFileSystem()))) {
            channel.force(true);
        }
    }

    /** What a handle can do only by the name of its file: open a further channel, set permissions. */
    interface Channels {
        String WITHOUT_NAME = " of a file without a name";

        /** The path of the file, for messages; of one without a name that of its directory, which there is. */
        Path path();

        /** Follows in messages what was done. */
        default String which() {
            return "";
        }

        FileChannel open() throws IOException;

        void setPermissions(Set<PosixFilePermission> permissions) throws IOException;

        /** Called when the file is closed. */
        default void close() throws IOException {}

        /** The failure of an operation of the JDK, which names neither the file nor itself. */
        default IOException describe(IOException failure, String operation) {
            if (failure instanceof ClosedChannelException) {
                return failure;
            }
            FileSystemException described = new FileSystemException(
                    path().toString(), null, operation + which() + " failed: " + failure.getMessage());
            described.initCause(failure);
            return described;
        }
    }

    /** By the name under which the file was made. */
    private final class NamedChannels implements Channels {
        private final String name;
        private final Identity identity;

        NamedChannels(String name, Identity identity) {
            this.name = name;
            this.identity = identity;
        }

        @Override
        public Path path() {
            return resolve(name);
        }

        @Override
        public FileChannel open() throws IOException {
            return PortableDirectory.this.open(name, identity, READ_WRITE);
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            PortableDirectory.this.setPermissions(name, identity, permissions);
        }
    }

    /** By the name that Windows lets a file keep until its last close. */
    private final class DeletedOnClose implements Channels {
        private final Path file;

        DeletedOnClose(Path file) {
            this.file = file;
        }

        @Override
        public Path path() {
            return PortableDirectory.this.path();
        }

        @Override
        public String which() {
            return WITHOUT_NAME;
        }

        @Override
        public FileChannel open() throws IOException {
            return FileChannel.open(file, READ_WRITE);
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> none) {}
    }

    /** Asked on first use, not when the class of a foreign provider's directory is loaded. */
    private static final class DefaultFileSystem {
        static final boolean SECURE = probe();

        private static boolean probe() {
            try (DirectoryStream<Path> stream =
                    Files.newDirectoryStream(Path.of("").toAbsolutePath().getRoot())) {
                return stream instanceof SecureDirectoryStream;
            } catch (IOException unreadable) {
                return false;
            }
        }

        private DefaultFileSystem() {}
    }
}

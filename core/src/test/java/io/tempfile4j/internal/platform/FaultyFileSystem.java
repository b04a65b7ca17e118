package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Another file system, some of whose calls fail, or say something else, when they are told to. */
final class FaultyFileSystem extends FileSystem {

    /** Sees each removal, move, link, opening and look before it is done; what it throws, the call throws. */
    interface Faults {
        default void delete(Path path) throws IOException {}

        default void open(Path path) throws IOException {}

        default void move(Path source, Path target) throws IOException {}

        /** Sees which links a path has led over just now. */
        default void resolved(Path path) throws IOException {}

        default void link(Path link, Path existing) throws IOException {}

        /** What is said about the path instead of the truth. */
        default BasicFileAttributes attributes(Path path, BasicFileAttributes truth) throws IOException {
            return truth;
        }
    }

    private final FileSystem real;
    private final Faults faults;
    private final FileSystemProvider provider;
    private final Set<Path> openDirectories = new HashSet<>();

    FaultyFileSystem(FileSystem real, Faults faults) {
        this.real = real;
        this.faults = faults;
        this.provider = new Provider(real.provider());
    }

    /** The directories that are open now. */
    Set<Path> openDirectories() {
        return openDirectories;
    }

    /** The same path on this file system. */
    Path wrap(Path path) {
        return (Path) Proxy.newProxyInstance(
                FaultyFileSystem.class.getClassLoader(), new Class<?>[] {Wrapped.class}, (proxy, method, arguments) -> {
                    Object answer = switch (method.getName()) {
                        case "real" -> path;
                        case "getFileSystem" -> this;
                        case "hashCode" -> path.hashCode();
                        case "equals" ->
                            arguments[0] instanceof Wrapped other
                                    && other.real().equals(path);
                        default -> null;
                    };
                    if (answer != null) {
                        return answer;
                    }
                    Object[] unwrapped = arguments == null
                            ? null
                            : Arrays.stream(arguments)
                                    .map(FaultyFileSystem::unwrapped)
                                    .toArray();
                    try {
                        Object result = method.invoke(path, unwrapped);
                        if (method.getName().equals("toRealPath")) {
                            faults.resolved(path);
                        }
                        return result instanceof Path other ? wrap(other) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object unwrapped(Object object) {
        return object instanceof Wrapped path ? path.real() : object;
    }

    static Path real(Path path) {
        return ((Wrapped) path).real();
    }

    /** A path of this file system. */
    interface Wrapped extends Path {
        Path real();
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return real.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return real.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    private final class Provider extends FileSystemProvider {
        private final FileSystemProvider provider;

        Provider(FileSystemProvider provider) {
            this.provider = provider;
        }

        @Override
        public void delete(Path path) throws IOException {
            faults.delete(real(path));
            provider.delete(real(path));
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            faults.open(real(path));
            DirectoryStream<Path> stream = provider.newDirectoryStream(real(path), entry -> true);
            openDirectories.add(real(path));
            Iterator<Path> entries = stream.iterator();
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return entries.hasNext();
                        }

                        @Override
                        public Path next() {
                            return wrap(entries.next());
                        }
                    };
                }

                @Override
                public void close() throws IOException {
                    openDirectories.remove(real(path));
                    stream.close();
                }
            };
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return type.cast(faults.attributes(real(path), provider.readAttributes(real(path), type, options)));
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return provider.getFileAttributeView(real(path), type, options);
        }

        @Override
        public String getScheme() {
            return provider.getScheme();
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void createLink(Path link, Path existing) throws IOException {
            faults.link(real(link), real(existing));
            provider.createLink(real(link), real(existing));
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            return provider.newFileChannel(real(path), options, attributes);
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
            provider.createDirectory(real(path), attributes);
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            faults.move(real(source), real(target));
            provider.move(real(source), real(target), options);
        }

        @Override
        public boolean isSameFile(Path path, Path other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isHidden(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileStore getFileStore(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            provider.checkAccess(real(path), modes);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return provider.readAttributes(real(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            provider.setAttribute(real(path), attribute, value, options);
        }
    }
}

package io.tempfile4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Every way of making something in a space, so that a test can show what holds for all of them. */
enum Making {
    MKSTEMP {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            MkstempResult file = space.mkstemp(prefix, suffix);
            return Made.at(file.path(), () -> {
                file.close();
                Files.delete(file.path());
            });
        }
    },
    MKDTEMP {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            Path directory = space.mkdtemp(prefix, suffix);
            return Made.at(directory, () -> Files.delete(directory));
        }
    },
    NAMED_FILE {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            NamedTemporaryFile file = space.namedTemporaryFile(prefix, suffix);
            return Made.at(file.path(), file);
        }
    },
    DIRECTORY {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            TemporaryDirectory directory = space.temporaryDirectory(prefix, suffix);
            return Made.at(directory.path(), directory);
        }
    },
    PATH {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            TemporaryPath path = space.temporaryPath(prefix, suffix, Files::createFile);
            return Made.at(path.path(), path);
        }
    },
    /** Has the prefix and suffix of its space. */
    NAMELESS_FILE {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            return new Made(Optional.empty(), space.temporaryFile());
        }
    },
    /** Has the prefix and suffix of its space, which it makes use of when it rolls over. */
    SPOOLED_FILE {
        @Override
        Made in(TempSpace space, String prefix, String suffix) throws IOException {
            SpooledTemporaryFile file = space.spooledTemporaryFile(0);
            try {
                file.rollover();
            } catch (Throwable failure) {
                file.close();
                throw failure;
            }
            return new Made(Optional.empty(), file);
        }
    };

    abstract Made in(TempSpace space, String prefix, String suffix) throws IOException;

    final Made in(TempSpace space) throws IOException {
        return in(space, "tmp", "");
    }

    final boolean hasName() {
        return this != NAMELESS_FILE && this != SPOOLED_FILE;
    }

    final boolean makesDirectory() {
        return this == MKDTEMP || this == DIRECTORY;
    }

    /** Something made; closing it removes it. */
    record Made(Optional<Path> at, AutoCloseable resource) implements AutoCloseable {
        static Made at(Path path, AutoCloseable resource) {
            return new Made(Optional.of(path), resource);
        }

        /** Where it is; only of what has a name. */
        Path path() {
            return at.orElseThrow();
        }

        String name() {
            return path().getFileName().toString();
        }

        @Override
        public void close() throws IOException {
            try {
                resource.close();
            } catch (IOException | RuntimeException failure) {
                throw failure;
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}

package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingHandle;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.Names;
import io.tempfile4j.internal.platform.Undo;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * What is done at each name that is tried, until one is free. Classes, not lambdas: the first lambda of a process takes it
 * longer than all the rest of its first file.
 */
final class Attempts {

    private Attempts() {}

    /** The name is used for the moment in which the system wants one, if it does. */
    static final class Nameless implements Names.Attempt<TemporaryFile> {
        private final TempSpace space;
        private final LivingHandle living;

        Nameless(TempSpace space, LivingHandle living) {
            this.space = space;
            this.living = living;
        }

        @Override
        public TemporaryFile at(String name) throws IOException {
            FileHandle handle = space.createUnnamed(name);
            try {
                living.opened(handle);
                living.made();
                return space.own(living, new TemporaryFile(space, living, handle));
            } catch (Throwable failure) {
                Undo.close(failure, handle);
                throw failure;
            }
        }
    }

    static final class Named implements Names.Attempt<NamedTemporaryFile> {
        private final TempSpace space;
        private final LivingEntry living;

        Named(TempSpace space, LivingEntry living) {
            this.space = space;
            this.living = living;
        }

        @Override
        public NamedTemporaryFile at(String name) throws IOException {
            living.planned(name, space.isUnguessable());
            Directory.MadeFile file = space.createFile(name);
            FileHandle handle = file.handle();
            try {
                living.made(file.identity(), handle);
                return space.own(living, new NamedTemporaryFile(space, living, handle));
            } catch (Throwable failure) {
                Undo.close(failure, handle);
                throw failure;
            }
        }
    }

    static final class OfDirectory implements Names.Attempt<TemporaryDirectory> {
        private final TempSpace space;
        private final LivingEntry living;

        OfDirectory(TempSpace space, LivingEntry living) {
            this.space = space;
            this.living = living;
        }

        @Override
        public TemporaryDirectory at(String name) throws IOException {
            living.planned(name, space.isUnguessable());
            living.made(space.createDirectory(name), null);
            return space.own(living, new TemporaryDirectory(living));
        }
    }

    /** The caller makes it. */
    static final class AtPath implements Names.Attempt<TemporaryPath> {
        private final TempSpace space;
        private final LivingEntry living;
        private final PathMaker maker;

        AtPath(TempSpace space, LivingEntry living, PathMaker maker) {
            this.space = space;
            this.living = living;
            this.maker = maker;
        }

        @Override
        public TemporaryPath at(String name) throws IOException {
            living.planned(name, space.isUnguessable());
            maker.make(living.path());
            living.createdByCaller();
            living.made(identify(name), null);
            return space.own(living, new TemporaryPath(space, living));
        }

        private Identity identify(String name) throws IOException {
            try {
                return space.identify(name);
            } catch (NoSuchFileException nothing) {
                throw new NoSuchFileException(living.path().toString(), null, "the maker has made nothing here");
            }
        }
    }
}

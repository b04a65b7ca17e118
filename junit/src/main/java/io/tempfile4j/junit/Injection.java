package io.tempfile4j.junit;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.io.CleanupMode;

/** A thing that a test was given, until the end of its context. */
final class Injection implements StoreValue {

    private static final Namespace NAMESPACE = Namespace.create(Injection.class);
    private static final AtomicLong COUNT = new AtomicLong();

    private final Closeable thing;
    private final Keeper keeper;
    private final CleanupMode mode;
    private final ExtensionContext context;

    /** Makes it something that nothing removes. */
    @FunctionalInterface
    private interface Keeper {
        /** Returns where it is; null when there is nothing to keep. */
        @Nullable
        Path keep() throws IOException;
    }

    private Injection(Closeable thing, Keeper keeper, CleanupMode mode, ExtensionContext context) {
        this.thing = thing;
        this.keeper = keeper;
        this.mode = mode;
        this.context = context;
    }

    static Object make(Class<?> type, Temporary how, ExtensionContext context) throws IOException {
        CleanupMode mode = Kept.resolve(how.cleanup(), context);
        if (type == TemporaryDirectory.class) {
            TemporaryDirectory directory = TemporaryDirectory.create(how.prefix(), how.suffix());
            return own(directory, () -> kept(directory), mode, context);
        }
        if (type == NamedTemporaryFile.class) {
            NamedTemporaryFile file = NamedTemporaryFile.create(how.prefix(), how.suffix());
            return own(file, () -> kept(file), mode, context);
        }
        if (type == TemporaryFile.class) {
            return own(TemporaryFile.create(), () -> null, mode, context);
        }
        if (type == TempSpace.class) {
            // Of its own, and put into the store first: closed after the space.
            TemporaryDirectory directory = TemporaryDirectory.create(how.prefix(), how.suffix());
            own(directory, () -> null, CleanupMode.ALWAYS, context);
            TempSpace space = TempSpace.in(directory.path());
            return own(space, () -> keptContent(directory.path(), how), mode, context);
        }
        throw new ExtensionConfigurationException(
                "@Temporary is for TemporaryDirectory, NamedTemporaryFile, TemporaryFile" + " and TempSpace, not for "
                        + type.getName());
    }

    private static Object own(Closeable thing, Keeper keeper, CleanupMode mode, ExtensionContext context) {
        context.getStore(NAMESPACE).put(COUNT.incrementAndGet(), new Injection(thing, keeper, mode, context));
        return thing;
    }

    @Override
    public void close() throws IOException {
        // try-with-resources: a failure to keep does not leave it open.
        try (Closeable end = thing) {
            boolean keeps =
                    mode == CleanupMode.NEVER || (mode == CleanupMode.ON_SUCCESS && Failures.hasFailed(context));
            Path kept = keeps ? keeper.keep() : null;
            if (kept != null) {
                Kept.tell(kept, context);
            }
        }
    }

    private static @Nullable Path kept(TemporaryDirectory directory) {
        return Files.exists(directory.path(), LinkOption.NOFOLLOW_LINKS) ? directory.keep() : null;
    }

    private static @Nullable Path kept(NamedTemporaryFile file) throws IOException {
        return Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS) ? file.keep() : null;
    }

    /** The space goes on removing what was made in it, where it was made: so that goes somewhere else. */
    private static @Nullable Path keptContent(Path directory, Temporary how) throws IOException {
        try (TemporaryDirectory elsewhere = TemporaryDirectory.create(how.prefix(), how.suffix());
                DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
            for (Path entry : content) {
                Files.move(entry, elsewhere.path().resolve(entry.getFileName()));
            }
            return elsewhere.keep();
        }
    }
}

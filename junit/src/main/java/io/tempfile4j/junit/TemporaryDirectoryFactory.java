package io.tempfile4j.junit;

import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Makes the directory of a {@link TempDir @TempDir}: private, with a name that nobody can guess, and removed by the next
 * process if the tests are killed.
 *
 * {@snippet class = "io.tempfile4j.junit.GuideSnippets" region = "factory"}
 *
 * <p>Jupiter removes its content itself, and then closes the factory, which removes what Jupiter could not, unless the
 * directory was to be kept. From Jupiter 6.1 on {@link TemporaryDirectoryDeletionStrategy} does the removal as well.
 *
 * <p>Jupiter makes one factory for each declaration, and uses it from one thread.
 */
public final class TemporaryDirectoryFactory implements TempDirFactory {

    /** Nobody else holds these: they are tried again at the end of the program, and are not forgotten ones until then. */
    private static final Set<TemporaryDirectory> UNREMOVED = ConcurrentHashMap.newKeySet();

    private @Nullable TemporaryDirectory directory;
    private @Nullable AnnotatedElementContext element;
    private @Nullable ExtensionContext context;

    /** For Jupiter. */
    public TemporaryDirectoryFactory() {}

    /**
     * Makes a directory in {@link io.tempfile4j.TempSpace#system()}.
     *
     * @return a new, empty directory
     * @throws IOException if it cannot be made
     */
    @Override
    public Path createTempDirectory(AnnotatedElementContext elementContext, ExtensionContext extensionContext)
            throws IOException {
        TemporaryDirectory made = TemporaryDirectory.create("junit-", "");
        directory = made;
        element = elementContext;
        context = extensionContext;
        return made.path();
    }

    /**
     * Removes what is still there, or lets go of it if it is to be kept.
     *
     * @throws io.tempfile4j.CleanupException naming what could not be removed
     */
    @Override
    public void close() throws IOException {
        TemporaryDirectory made = directory;
        if (made == null || element == null || context == null) {
            return; // It could not be made.
        }
        boolean removed = !Files.exists(made.path(), LinkOption.NOFOLLOW_LINKS);
        // Jupiter does not say whether it kept the directory, or failed: only with ALWAYS it is certain to have failed.
        if (removed || mode(element, context) == CleanupMode.ALWAYS) {
            try {
                made.close();
            } catch (IOException failure) {
                UNREMOVED.add(made);
                throw failure;
            }
        } else {
            Kept.tell(made.keep(), context);
        }
    }

    private static CleanupMode mode(AnnotatedElementContext element, ExtensionContext context) {
        CleanupMode mode = AnnotationSupport.findAnnotation(element.getAnnotatedElement(), TempDir.class)
                .map(TempDir::cleanup)
                .orElse(CleanupMode.DEFAULT);
        return Kept.resolve(mode, context);
    }
}

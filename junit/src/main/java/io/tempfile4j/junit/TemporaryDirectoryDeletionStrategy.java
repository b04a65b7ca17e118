package io.tempfile4j.junit;

import io.tempfile4j.CleanupException;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/**
 * Removes the directory of a {@link org.junit.jupiter.api.io.TempDir @TempDir} as {@link TemporaryDirectory} does: no link
 * is followed, however deep the tree and whatever its permissions. For Jupiter 6.1 and later; with an older one only this
 * class cannot be used.
 *
 * <p>It takes a directory from any factory. Safe for use by many threads.
 */
public final class TemporaryDirectoryDeletionStrategy implements TempDirDeletionStrategy {

    /** For Jupiter. */
    public TemporaryDirectoryDeletionStrategy() {}

    /**
     * Removes a directory with all that is in it.
     *
     * @return naming what could not be removed; all the rest is. One that is gone already is no failure, one that is not
     *     a directory any more is
     */
    @Override
    public DeletionResult delete(
            Path tempDir, AnnotatedElementContext elementContext, ExtensionContext extensionContext) {
        DeletionResult.Builder result = DeletionResult.builder(tempDir);
        try (TemporaryDirectory directory = TemporaryDirectory.adopt(tempDir)) {
            directory.cleanup();
        } catch (NoSuchFileException gone) {
            return result.build();
        } catch (CleanupException failure) {
            List<Path> remaining = failure.remaining();
            Throwable[] causes = failure.getSuppressed(); // one for each of them
            for (int i = 0; i < remaining.size(); i++) {
                result.addFailure(
                        remaining.get(i), i < causes.length && causes[i] instanceof Exception cause ? cause : failure);
            }
        } catch (IOException failure) {
            // Jupiter closes the factory only when this method returns.
            result.addFailure(tempDir, failure);
        }
        return result.build();
    }
}

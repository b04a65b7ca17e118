package io.tempfile4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Fails a test, or each test of a class and the class, that leaves something behind: a file or directory in the directory for
 * temporary files, whoever made it (this library, {@code java.io}, {@code java.nio}, native code), or something of this
 * library that is not closed, wherever it is; not what was forgotten and has been collected as garbage by then.
 *
 * {@snippet class = "io.tempfile4j.junit.GuideSnippets" region = "leaks"}
 *
 * <p><b>A directory of its own.</b> What other processes do in {@code /tmp} cannot be told from what the test does. So the JVM
 * is started with {@code -Djava.io.tmpdir=} and an existing directory that only it uses. Setting
 * the property later has no effect: the JDK reads it when it starts. Otherwise what is annotated fails, saying this, unless
 * the configuration parameter {@code tempfile4j.junit.tmpdir=shared} accepts what other processes of the same user may do.
 *
 * <p><b>What is compared.</b> The entries of that directory before and after; not what is added to directories that were there
 * before. The failure names each with its size and age, and the API that names and protects its files that way. Nothing is
 * removed. What {@link org.junit.jupiter.api.io.TempDir @TempDir} and {@link Temporary @Temporary} give to the test is gone
 * by then, or was kept on demand, which is no leak.
 *
 * <p><b>Parallel tests.</b> Nobody can tell which of two running tests made a file. So what is annotated runs alone: it takes
 * {@link Resources#GLOBAL}. A thread that an earlier test has left running may still be accused for.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.METHOD, ElementType.TYPE})
@ResourceLock(Resources.GLOBAL)
@ExtendWith(NoTempLeaksExtension.class)
public @interface NoTempLeaks {

    /**
     * What may stay.
     *
     * @return patterns of names, as in {@link java.nio.file.FileSystem#getPathMatcher}: {@code "libfoo*.so"}
     */
    String[] ignoring() default {};
}

package io.tempfile4j.junit;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;

/**
 * Makes something temporary for a test, and removes it afterwards.
 *
 * {@snippet class = "io.tempfile4j.junit.GuideSnippets" region = "temporary"}
 *
 * <p>For a parameter (of a test, of a constructor, of a lifecycle method) or a field that is not final, of type
 *
 * <ul>
 *   <li>{@link TemporaryDirectory},
 *   <li>{@link NamedTemporaryFile},
 *   <li>{@link TemporaryFile},
 *   <li>{@link TempSpace}: one of its own, in a new directory of its own.
 * </ul>
 *
 * <p><b>Scope.</b> As that of {@link org.junit.jupiter.api.io.TempDir @TempDir}: each declaration has a thing of its own.
 * What is in a static field or given to {@code @BeforeAll} lives as long as the class; all else as long as the test. (Before
 * Jupiter 5.12 also what is given to a constructor lives as long as the class.) What the test has closed or kept itself is
 * left as it is.
 *
 * <p><b>Module path.</b> The package of the test must be open to {@code io.tempfile4j.junit} for its fields to be set;
 * for parameters it need not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.ANNOTATION_TYPE, ElementType.FIELD, ElementType.PARAMETER})
@ExtendWith(TemporaryExtension.class)
public @interface Temporary {

    /**
     * What the name begins with. Nobody sees it of a {@link TemporaryFile}.
     *
     * @return may be empty
     */
    String prefix() default "junit-";

    /**
     * What the name ends with. Nobody sees it of a {@link TemporaryFile}.
     *
     * @return may be empty
     */
    String suffix() default "";

    /**
     * Whether it is kept. The path of what was kept is a report entry, {@code tempfile4j.kept}, and a suppressed exception
     * of the failure, if there was one. What was made in a space that is kept moves to a new directory. A
     * {@link TemporaryFile} is never kept: it has no name.
     *
     * @return {@link CleanupMode#DEFAULT} stands for the configuration parameter of Jupiter,
     *     {@value org.junit.jupiter.api.io.TempDir#DEFAULT_CLEANUP_MODE_PROPERTY_NAME}, or else {@code ALWAYS}
     */
    CleanupMode cleanup() default CleanupMode.DEFAULT;
}

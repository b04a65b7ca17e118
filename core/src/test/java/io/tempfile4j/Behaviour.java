package io.tempfile4j;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers, in {@code core/src/test/resources/behaviours.md}, of the behaviours that a test shows. {@code
 * docs/guarantees.md} is made of
 * these annotations by {@link GuaranteesTest}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Behaviour {
    int[] value();
}

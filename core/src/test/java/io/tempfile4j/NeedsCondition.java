package io.tempfile4j;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests that need what is not there. */
final class NeedsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            return ConditionEvaluationResult.enabled("tests have needs of their own");
        }
        Class<?> type = context.getRequiredTestClass();
        Method method = context.getRequiredTestMethod();
        Place place = place(type, method);
        for (Need need : needs(type, method)) {
            if (!need.places.contains(place) || !need.isMet()) {
                return ConditionEvaluationResult.disabled("needs " + need.name);
            }
        }
        return ConditionEvaluationResult.enabled("has what it needs");
    }

    static Place place(Class<?> type, Method method) {
        Over over = over(type, method);
        return over == null ? Place.current() : over.value()[0];
    }

    static @Nullable Over over(Class<?> type, Method method) {
        for (AnnotatedElement element : elements(type, method)) {
            Over over = element.getAnnotation(Over.class);
            if (over != null) {
                return over;
            }
        }
        return null;
    }

    /** In the order of the enum: what more tests need comes first. */
    static Set<Need> needs(Class<?> type, Method method) {
        Set<Need> all = EnumSet.noneOf(Need.class);
        for (AnnotatedElement element : elements(type, method)) {
            Needs needs = element.getDeclaredAnnotation(Needs.class);
            if (needs != null) {
                all.addAll(List.of(needs.value()));
            }
        }
        return all;
    }

    /** The method, its class and those that this extends, and the class that it is nested in. */
    private static List<AnnotatedElement> elements(Class<?> type, Method method) {
        List<AnnotatedElement> elements = new ArrayList<>();
        elements.add(method);
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            elements.add(each);
        }
        if (type.getEnclosingClass() != null) {
            elements.add(type.getEnclosingClass());
        }
        return elements;
    }
}

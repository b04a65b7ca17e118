package io.tempfile4j.junit;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Behind {@link Temporary}. */
final class TemporaryExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Failures.watch(context);
        setFields(context, context.getRequiredTestClass(), null);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Failures.watch(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            setFields(context, instance.getClass(), instance);
        }
    }

    /** Not called before Jupiter 5.12, which knows neither the method nor its type. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(Temporary.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Temporary how = parameter.findAnnotation(Temporary.class).orElseThrow();
        try {
            return Injection.make(parameter.getParameter().getType(), how, context);
        } catch (IOException | ExtensionConfigurationException failure) {
            throw new ParameterResolutionException(
                    "nothing temporary could be made for " + parameter.getParameter() + " of "
                            + parameter.getDeclaringExecutable() + ": " + failure.getMessage(),
                    failure);
        }
    }

    private static void setFields(ExtensionContext context, Class<?> type, @Nullable Object instance)
            throws IOException {
        for (Field field : AnnotationSupport.findAnnotatedFields(
                type, Temporary.class, field -> Modifier.isStatic(field.getModifiers()) == (instance == null))) {
            if (Modifier.isFinal(field.getModifiers())) {
                throw new ExtensionConfigurationException("a field with @Temporary is not final: " + field);
            }
            Temporary how =
                    AnnotationSupport.findAnnotation(field, Temporary.class).orElseThrow();
            try {
                field.setAccessible(true);
                field.set(instance, Injection.make(field.getType(), how, context));
            } catch (ReflectiveOperationException | RuntimeException failure) {
                throw new ExtensionConfigurationException(
                        "the field with @Temporary cannot be set: " + field + ": " + failure.getMessage(), failure);
            }
        }
    }
}

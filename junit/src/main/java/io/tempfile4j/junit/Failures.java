package io.tempfile4j.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Which contexts have failed; a class has when one of its tests has. */
final class Failures {

    private static final Namespace NAMESPACE = Namespace.create(Failures.class);

    private Failures() {}

    /** Called before anything is put into the store of the context, so that its failure is told after all of that. */
    static void watch(ExtensionContext context) {
        StoreValue tell = () -> {
            if (hasFailed(context)) {
                context.getParent()
                        .ifPresent(parent -> parent.getStore(NAMESPACE).put("failed", true));
            }
        };
        context.getStore(NAMESPACE).put("tell", tell);
    }

    static boolean hasFailed(ExtensionContext context) {
        return context.getExecutionException().isPresent()
                || context.getStore(NAMESPACE).get("failed") != null;
    }
}

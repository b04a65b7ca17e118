package io.tempfile4j.junit;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Behind {@link NoTempLeaks}. The comparison is put into the store before anything else of the test: so it is done after
 * all that was put there later has been removed, the directory of a {@code @TempDir} parameter for one. What was put there
 * earlier was made earlier, and is not counted.
 */
final class NoTempLeaksExtension implements BeforeAllCallback, BeforeEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(NoTempLeaksExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        begin(context, "class " + context.getRequiredTestClass().getName());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        begin(context, "test " + context.getDisplayName());
    }

    private static void begin(ExtensionContext context, String who) throws IOException {
        TempDirectories.requireOwn(context);
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        LeakCheck ofClass = store.get("check", LeakCheck.class); // of the parent: stores are asked upwards
        store.put("check", new LeakCheck(who, ignored(context), ofClass));
    }

    private static List<PathMatcher> ignored(ExtensionContext context) {
        Stream<AnnotatedElement> enclosing = Stream.iterate(
                        Optional.of(context),
                        Optional::isPresent,
                        inner -> inner.get().getParent())
                .flatMap(Optional::stream)
                .flatMap(each -> each.getElement().stream());
        return enclosing
                .flatMap(element -> AnnotationSupport.findAnnotation(element, NoTempLeaks.class).stream())
                .flatMap(annotation -> Stream.of(annotation.ignoring()))
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.FileModel.Operation;
import io.tempfile4j.FileModel.Verb;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Any operations in any order: every kind of file object is an array of bytes with a position. */
class FileObjectModelTest {

    private static final int LARGEST = 140_000;

    @Property(tries = 150)
    void fileObject_anyOperations_isAnArrayWithAPosition(
            @ForAll FileKind kind, @ForAll("operations") List<Operation> operations) throws IOException {
        try (Backend backend = Backend.Kind.PORTABLE.open();
                TempSpace space = backend.space()) {
            check(kind.open(space), operations);
        }
    }

    @Property(tries = 60)
    void fileObject_onForeignProviders_isAnArrayWithAPosition(
            @ForAll("foreign") Backend.Kind provider,
            @ForAll FileKind kind,
            @ForAll("operations") List<Operation> operations)
            throws IOException {
        try (Backend backend = provider.open();
                TempSpace space = backend.space()) {
            check(kind.open(space), operations);
        }
    }

    @Provide
    Arbitrary<Backend.Kind> foreign() {
        return Arbitraries.of(Backend.Kind.JIMFS_UNIX, Backend.Kind.JIMFS_WINDOWS);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    @Behaviour({238, 240, 241, 242, 244, 246, 255, 270, 271, 273, 274, 275})
    void spooled_anyLimitAndOperations_isAnArrayWithAPosition(
            @ForAll("sizes") int maxSize, @ForAll("operations") List<Operation> operations) throws IOException {
        try (Backend backend = Backend.Kind.PORTABLE.open();
                TempSpace space = backend.space()) {
            check(space.spooledTemporaryFile(maxSize), operations);
        }
    }

    private static void check(FileObject file, List<Operation> operations) throws IOException {
        FileModel model = new FileModel();
        for (Operation operation : operations) {
            assertThat(operation.on(file)).as("%s", operation).isEqualTo(operation.on(model));
            assertThat(file.tell()).as("position after %s", operation).isEqualTo(model.position());
        }
        file.seek(0);
        assertThat(file.readAllBytes()).isEqualTo(model.content());
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        return Combinators.combine(Arbitraries.of(Verb.class), sizes(), sizes())
                .as(Operation::new)
                .list()
                .ofMinSize(30)
                .ofMaxSize(120);
    }

    /** Mostly small, and around the lengths of the buffers. */
    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 30)),
                Tuple.of(2, Arbitraries.integers().between(8180, 8200)),
                Tuple.of(1, Arbitraries.integers().between(65_530, 65_540)),
                Tuple.of(1, Arbitraries.integers().between(0, LARGEST)));
    }
}

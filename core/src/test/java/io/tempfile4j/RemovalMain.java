package io.tempfile4j;

import java.io.IOException;
import java.nio.file.Path;

/** In a process of its own: adopts the trees of its arguments, removes them, and says what is left. */
final class RemovalMain {

    public static void main(String[] arguments) throws IOException {
        for (String argument : arguments) {
            System.out.println(remove(Path.of(argument)));
        }
    }

    /** "removed", or what is left: the count, and each path with its reason. */
    static String remove(Path tree) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.adopt(tree);
        try {
            directory.cleanup();
            return "removed";
        } catch (CleanupException left) {
            directory.keep(); // or the end of the program would try again
            StringBuilder said = new StringBuilder("left ").append(left.remainingCount());
            for (int i = 0; i < left.remaining().size(); i++) {
                said.append('\n').append(left.remaining().get(i)).append(' ').append(left.getSuppressed()[i]);
            }
            return said.toString();
        }
    }

    private RemovalMain() {}
}

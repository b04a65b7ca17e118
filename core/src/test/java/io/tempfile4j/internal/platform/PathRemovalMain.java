package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Path;

/** In a process of its own: removes the trees of its arguments by path, as where there are no directory handles. */
public final class PathRemovalMain {

    public static void main(String[] arguments) throws IOException {
        for (String argument : arguments) {
            PathTreeRemoval.remove(Path.of(argument));
            System.out.println("removed");
        }
    }

    private PathRemovalMain() {}
}

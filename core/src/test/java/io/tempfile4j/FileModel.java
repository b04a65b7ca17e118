package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** What a file object is to its user: an array of bytes and a position. */
final class FileModel {

    private byte[] bytes = new byte[0];
    private long position;

    byte[] content() {
        return bytes.clone();
    }

    long position() {
        return position;
    }

    void moveTo(long newPosition) {
        position = newPosition;
    }

    private int available() {
        return (int) Math.max(0, bytes.length - position);
    }

    private String take(int length) {
        String taken = new String(bytes, (int) Math.min(position, bytes.length), length, ISO_8859_1);
        position += length;
        return taken;
    }

    private void resize(int size) {
        bytes = Arrays.copyOf(bytes, size);
    }

    void write(byte[] source, int length) {
        if (length > 0) {
            int end = (int) position + length;
            resize(Math.max(end, bytes.length));
            System.arraycopy(source, 0, bytes, (int) position, length);
            position = end;
        }
    }

    private Object seek(long target) {
        if (target < 0) {
            return IllegalArgumentException.class;
        }
        position = target;
        return target;
    }

    /** What can be done with a file object; each returns something that can be compared. */
    enum Verb {
        READ_ONE {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.read();
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.available() == 0 ? -1 : (int) model.take(1).charAt(0);
            }
        },
        READ_SOME {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return string(file.read(with.size));
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.take(Math.min(with.size, model.available()));
            }
        },
        READ_ALL {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return string(file.readAllBytes());
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.take(model.available());
            }
        },
        READ_LINE {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return string(file.readLine());
            }

            @Override
            Object apply(FileModel model, Operation with) {
                int end = (int) Math.min(model.position, model.bytes.length);
                while (end < model.bytes.length && model.bytes[end] != '\n') {
                    end++;
                }
                end = Math.min(end + 1, model.bytes.length);
                return model.take((int) Math.max(0, end - model.position));
            }
        },
        READ_BUFFER {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                ByteBuffer target =
                        with.size % 2 == 0 ? ByteBuffer.allocate(with.size) : ByteBuffer.allocateDirect(with.size);
                int length = file.read(target);
                byte[] read = new byte[target.flip().remaining()];
                target.get(read);
                return length + string(read);
            }

            @Override
            Object apply(FileModel model, Operation with) {
                int length = Math.min(with.size, model.available());
                return (length == 0 && with.size > 0 ? -1 : length) + model.take(length);
            }
        },
        READ_APART {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return string(file.newInputStream().readAllBytes());
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return string(model.bytes);
            }
        },
        SKIP {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.inputStream().skip(with.size);
            }

            @Override
            Object apply(FileModel model, Operation with) {
                int length = Math.min(with.size, model.available());
                model.position += length;
                return (long) length;
            }
        },
        WRITE_ONE {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                file.write(with.position);
                return "";
            }

            @Override
            Object apply(FileModel model, Operation with) {
                model.write(new byte[] {(byte) with.position}, 1);
                return "";
            }
        },
        WRITE_SOME {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                file.write(with.data());
                return "";
            }

            @Override
            Object apply(FileModel model, Operation with) {
                model.write(with.data(), with.size);
                return "";
            }
        },
        WRITE_BUFFER {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.write(
                        ByteBuffer.allocateDirect(with.size).put(with.data()).flip());
            }

            @Override
            Object apply(FileModel model, Operation with) {
                model.write(with.data(), with.size);
                return with.size;
            }
        },
        SEEK_SET {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.seek(with.position);
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.seek(with.position);
            }
        },
        SEEK_CURRENT {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.seek((long) with.size - with.position, Whence.CUR);
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.seek(model.position + with.size - with.position);
            }
        },
        SEEK_END {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.seek(-with.size, Whence.END);
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.seek(model.bytes.length - with.size);
            }
        },
        TRUNCATE {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.truncate(with.position) == file;
            }

            @Override
            Object apply(FileModel model, Operation with) {
                model.resize(Math.min(model.bytes.length, with.position));
                model.position = Math.min(model.position, with.position);
                return true;
            }
        },
        SET_SIZE {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                file.setSize(with.position);
                return "";
            }

            @Override
            Object apply(FileModel model, Operation with) {
                model.resize(with.position);
                return "";
            }
        },
        SIZE {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                return file.size() + "/" + file.tell();
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return model.bytes.length + "/" + model.position;
            }
        },
        FLUSH {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                file.flush();
                return "";
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return "";
            }
        },
        /** Behind the back of the file object, which a flush before and after makes allowed. */
        CHANNEL {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                file.flush();
                ByteBuffer seen = ByteBuffer.allocate((int) file.channel().size());
                int read = file.channel().read(seen, 0);
                int written = file.channel().write(ByteBuffer.wrap(new byte[] {'!'}), 0);
                file.flush();
                return string(seen.array()) + Math.max(0, read) + written;
            }

            @Override
            Object apply(FileModel model, Operation with) {
                String seen = string(model.bytes) + model.bytes.length + 1;
                long position = model.position;
                model.position = 0;
                model.write(new byte[] {'!'}, 1);
                model.position = position;
                return seen;
            }
        },
        ROLL_OVER {
            @Override
            Object apply(FileObject file, Operation with) throws IOException {
                if (file instanceof SpooledTemporaryFile spooled) {
                    spooled.rollover();
                }
                return "";
            }

            @Override
            Object apply(FileModel model, Operation with) {
                return "";
            }
        };

        abstract Object apply(FileObject file, Operation with) throws IOException;

        abstract Object apply(FileModel model, Operation with);

        private static String string(byte[] bytes) {
            return new String(bytes, ISO_8859_1);
        }
    }

    /** A verb and its arguments, of which it uses what it needs. */
    record Operation(Verb verb, int size, int position) {

        Object on(FileObject file) throws IOException {
            try {
                return verb.apply(file, this);
            } catch (IllegalArgumentException refused) {
                return IllegalArgumentException.class;
            }
        }

        Object on(FileModel model) {
            return verb.apply(model, this);
        }

        /** What is written: the same for the same arguments, with line ends here and there. */
        byte[] data() {
            byte[] data = new byte[size];
            new Random(size * 31L + position).nextBytes(data);
            for (int i = position % 50; i < size; i += 5000) {
                data[i] = '\n';
            }
            return data;
        }
    }
}

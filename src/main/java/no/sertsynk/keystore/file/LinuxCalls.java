package no.sertsynk.keystore.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library on Linux (x86-64 and aarch64, glibc and musl) that Java does not offer. Each answers with what
 * the function returns, or with the negative of the error number (errno(3)). Safe for threads.
 */
final class LinuxCalls {
    private static final int AT_FDCWD = -100;

    private LinuxCalls() {}

    /** Looked for when first needed; empty elsewhere, or where it is forbidden. */
    private static final class Found {
        static final Optional<LinuxCalls> CALLS = look();

        private static Optional<LinuxCalls> look() {
            try {
                for (Function function : Function.values()) {
                    function.address();
                }
                return Optional.of(new LinuxCalls());
            } catch (UnsupportedOperationException | IllegalCallerException | UnsatisfiedLinkError e) {
                // Another system, or no permission (--illegal-native-access=deny): whoever asks goes on without.
                return Optional.empty();
            }
        }
    }

    /** Each is linked when it is first called: that takes a cold JVM some time, and most runs need one. */
    private enum Function {
        GET("lgetxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG)),
        SET("lsetxattr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT)),
        REMOVE("lremovexattr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)),
        RENAME("renameat2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));

        private final String id;
        private final FunctionDescriptor signature;
        private @Nullable MethodHandle linked;

        Function(String id, FunctionDescriptor signature) {
            this.id = id;
            this.signature = signature;
        }

        MemorySegment address() {
            return Linker.nativeLinker().defaultLookup().find(id).orElseThrow(() -> new UnsatisfiedLinkError(id));
        }

        synchronized MethodHandle handle() {
            if (linked == null) {
                linked = Linker.nativeLinker()
                        .downcallHandle(address(), signature, Linker.Option.captureCallState("errno"));
            }
            return linked;
        }
    }

    static Optional<LinuxCalls> find() {
        return Found.CALLS;
    }

    /** lgetxattr(2): how long the attribute's value is, which is put into the buffer if it has room for it. */
    long getAttribute(String file, String name, ByteBuffer value) {
        return call((arena, error) -> {
            MemorySegment buffer = arena.allocate(Math.max(1, value.capacity()));
            long length = (long) Function.GET
                    .handle()
                    .invokeExact(
                            error, arena.allocateFrom(file), arena.allocateFrom(name), buffer, (long) value.capacity());
            if (length > 0 && length <= value.capacity()) {
                value.put(0, buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
            }
            return length;
        });
    }

    /** lsetxattr(2). */
    long setAttribute(String file, String name, ByteBuffer value) {
        return call((arena, error) -> {
            byte[] bytes = new byte[value.remaining()];
            value.get(value.position(), bytes);
            MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            return (int) Function.SET
                    .handle()
                    .invokeExact(
                            error, arena.allocateFrom(file), arena.allocateFrom(name), buffer, (long) bytes.length, 0);
        });
    }

    /** lremovexattr(2). */
    long removeAttribute(String file, String name) {
        return call((arena, error) ->
                (int) Function.REMOVE.handle().invokeExact(error, arena.allocateFrom(file), arena.allocateFrom(name)));
    }

    /** renameat2(2), of paths that are absolute. */
    long rename(String from, String to, int flags) {
        return call((arena, error) -> (int) Function.RENAME
                .handle()
                .invokeExact(error, AT_FDCWD, arena.allocateFrom(from), AT_FDCWD, arena.allocateFrom(to), flags));
    }

    private interface Call {
        long run(Arena arena, MemorySegment error) throws Throwable;
    }

    private static long call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(Linker.Option.captureStateLayout());
            long result = call.run(arena, error);
            long offset = Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
            return result >= 0 ? result : -error.get(JAVA_INT, offset);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a function of the C library throws nothing", e);
        }
    }
}

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Gives a library's classes the class file version and the stack maps of a newer Java, nothing else: HotSpot keeps classes
 * older than version 50 out of its AOT cache, since it verifies them another way. Run by the build as a source file.
 *
 * <p>Arguments: the library, and the file to write.
 */
final class ModernClassFiles {
    /** The oldest version that Java 25 compiles for, with stack maps. */
    private static final int MODERN = ClassFile.JAVA_8_VERSION;

    private final ClassFile classFiles;

    private ModernClassFiles(ClassLoader library) {
        classFiles = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(library)
                        .orElse(ClassHierarchyResolver.defaultResolver())
                        .cached()));
    }

    public static void main(String[] arguments) throws IOException {
        Path library = Path.of(arguments[0]);
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {library.toUri().toURL()}, null);
                JarFile from = new JarFile(library.toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            ModernClassFiles modern = new ModernClassFiles(loader);
            from.stream().forEach(entry -> modern.copy(from, entry, to));
        }
    }

    private void copy(JarFile from, JarEntry entry, JarOutputStream to) {
        try (var content = from.getInputStream(entry)) {
            byte[] bytes = content.readAllBytes();
            JarEntry copy = new JarEntry(entry.getName());
            copy.setTimeLocal(entry.getTimeLocal());
            to.putNextEntry(copy);
            to.write(entry.getName().endsWith(".class") ? modern(bytes) : bytes);
            to.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(entry.getName() + " could not be copied", e);
        }
    }

    private byte[] modern(byte[] bytes) {
        ClassModel model = classFiles.parse(bytes);
        if (model.majorVersion() >= MODERN) {
            return bytes;
        }
        ClassTransform version = (builder, element) ->
                builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(MODERN, 0) : element);
        return classFiles.transformClass(
                model, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}

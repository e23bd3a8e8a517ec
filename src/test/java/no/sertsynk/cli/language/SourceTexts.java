package no.sertsynk.cli.language;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The texts that stand in sources: each expression that puts a text together, as a pattern with places for what is not
 * constant. Where a condition chooses between texts there is a pattern for each.
 */
final class SourceTexts {
    private static final int MOST_ALTERNATIVES = 24;

    private SourceTexts() {}

    /**
     * One text.
     *
     * @param used what is made of it: the names of the calls, classes and annotations around it, the inmost first
     */
    record Text(Path file, long line, String pattern, List<String> used) {
        boolean isUsedBy(String name) {
            return used.contains(name);
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + pattern;
        }
    }

    /** Those of all sources below a folder. */
    static List<Text> of(Path sources) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            List<Text> texts = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Constants constants = new Constants();
                constants.scan(unit, null);
                new Scanner(sources, unit, Trees.instance(task).getSourcePositions(), constants.values, texts)
                        .scan(unit, null);
            }
            return texts;
        }
    }

    /** Constant texts of one file, by their names. */
    private static final class Constants extends TreePathScanner<@Nullable Void, @Nullable Void> {
        final Map<String, ExpressionTree> values = new HashMap<>();

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void ignored) {
            if (variable.getModifiers().getFlags().contains(Modifier.FINAL)
                    && variable.getType() != null
                    && variable.getType().toString().equals("String")
                    && variable.getInitializer() != null) {
                values.put(variable.getName().toString(), variable.getInitializer());
            }
            return super.visitVariable(variable, ignored);
        }
    }

    /** A part of a text: constant, or a place. */
    private record Part(@Nullable String constant) {
        static final Part PLACE = new Part(null);
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Path root;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Map<String, ExpressionTree> constants;
        private final List<Text> texts;

        Scanner(
                Path root,
                CompilationUnitTree unit,
                SourcePositions positions,
                Map<String, ExpressionTree> constants,
                List<Text> texts) {
            this.root = root;
            this.unit = unit;
            this.positions = positions;
            this.constants = constants;
            this.texts = texts;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void ignored) {
            if (literal.getValue() instanceof String) {
                add(literal);
            }
            return null;
        }

        @Override
        public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void ignored) {
            if (binary.getKind() == Tree.Kind.PLUS && isText(binary)) {
                add(binary);
                scanPlaces(binary);
                return null;
            }
            return super.visitBinary(binary, ignored);
        }

        private boolean isText(ExpressionTree expression) {
            return switch (expression) {
                case LiteralTree literal -> literal.getValue() instanceof String;
                case ParenthesizedTree inner -> isText(inner.getExpression());
                case BinaryTree binary ->
                    binary.getKind() == Tree.Kind.PLUS
                            && (isText(binary.getLeftOperand()) || isText(binary.getRightOperand()));
                case ConditionalExpressionTree choice ->
                    isText(choice.getTrueExpression()) || isText(choice.getFalseExpression());
                case IdentifierTree name -> constants.containsKey(name.getName().toString());
                default -> false;
            };
        }

        /** Texts within what fills the places are texts of their own. */
        private void scanPlaces(ExpressionTree expression) {
            switch (expression) {
                case LiteralTree literal -> {}
                case ParenthesizedTree inner -> scanPlaces(inner.getExpression());
                case BinaryTree binary
                when binary.getKind() == Tree.Kind.PLUS -> {
                    scanPlaces(binary.getLeftOperand());
                    scanPlaces(binary.getRightOperand());
                }
                case ConditionalExpressionTree choice
                when isText(choice) -> {
                    scan(choice.getCondition(), null);
                    scanPlaces(choice.getTrueExpression());
                    scanPlaces(choice.getFalseExpression());
                }
                default -> scan(expression, null);
            }
        }

        private void add(ExpressionTree expression) {
            long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, expression));
            List<String> used = used();
            boolean isFormat = used.stream()
                    .limit(1)
                    .anyMatch(name -> name.endsWith(".formatted") || name.endsWith("String.format"));
            for (List<Part> parts : alternatives(expression)) {
                String pattern = isFormat ? withoutConversions(pattern(parts)) : pattern(parts);
                texts.add(new Text(
                        root.toAbsolutePath()
                                .relativize(Path.of(unit.getSourceFile().toUri())),
                        line,
                        pattern,
                        used));
            }
        }

        private static String pattern(List<Part> parts) {
            StringBuilder pattern = new StringBuilder();
            int places = 0;
            for (Part part : parts) {
                pattern.append(part.constant() == null ? "{" + places++ + "}" : part.constant());
            }
            return pattern.toString();
        }

        /** Conversions such as {@code %02x} are places too. */
        private static String withoutConversions(String format) {
            int[] places = {0};
            return Pattern.compile("%[-#+ 0,(]*[0-9.]*[a-zA-Z%]")
                    .matcher(format)
                    .replaceAll(found -> found.group().equals("%%") ? "%" : "{" + places[0]++ + "}");
        }

        private List<List<Part>> alternatives(ExpressionTree expression) {
            return switch (expression) {
                case LiteralTree literal -> List.of(List.of(new Part(String.valueOf(literal.getValue()))));
                case ParenthesizedTree inner -> alternatives(inner.getExpression());
                case BinaryTree binary
                when binary.getKind() == Tree.Kind.PLUS && isText(binary) ->
                    joined(alternatives(binary.getLeftOperand()), alternatives(binary.getRightOperand()));
                case ConditionalExpressionTree choice
                when isText(choice) -> {
                    List<List<Part>> both = new ArrayList<>(alternatives(choice.getTrueExpression()));
                    both.addAll(alternatives(choice.getFalseExpression()));
                    yield both;
                }
                case IdentifierTree name
                when constants.containsKey(name.getName().toString()) ->
                    alternatives(constants.get(name.getName().toString()));
                default -> List.of(List.of(Part.PLACE));
            };
        }

        private static List<List<Part>> joined(List<List<Part>> left, List<List<Part>> right) {
            List<List<Part>> all = new ArrayList<>();
            for (List<Part> first : left) {
                for (List<Part> second : right) {
                    List<Part> parts = new ArrayList<>(first);
                    parts.addAll(second);
                    all.add(parts);
                }
            }
            if (all.size() > MOST_ALTERNATIVES) {
                throw new IllegalStateException("expected fewer alternatives of one text, found " + all.size());
            }
            return all;
        }

        private List<String> used() {
            List<String> names = new ArrayList<>();
            for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
                switch (path.getLeaf()) {
                    case MethodInvocationTree call -> names.add(name(call.getMethodSelect()));
                    case NewClassTree made -> names.add(made.getIdentifier().toString());
                    case AnnotationTree annotation -> names.add("@" + annotation.getAnnotationType());
                    case VariableTree variable -> names.add("=" + variable.getName());
                    default -> {}
                }
            }
            return names;
        }

        private static String name(ExpressionTree method) {
            return method instanceof MemberSelectTree member
                    ? member.getExpression() + "." + member.getIdentifier()
                    : method.toString();
        }
    }
}

package no.sertsynk.validation.cases;

import java.util.ArrayList;
import java.util.List;
import no.sertsynk.validation.cases.Forge.Node;

/** Path lengths (RFC 5280, 4.2.1.9 and 6.1.4 (l), (m)): authorities that are not self-issued are counted. */
final class LengthCases {
    private static final int LONGEST = 3;

    private LengthCases() {}

    static List<PathCase> all() {
        List<PathCase> cases = new ArrayList<>();
        for (int allowed = 0; allowed <= LONGEST; allowed++) {
            for (int below = 0; below <= LONGEST + 1; below++) {
                cases.add(chain("length/" + allowed + "-of-" + below, allowed, below, 0, 0));
                cases.add(chain("length/" + allowed + "-of-" + below + "-under-two", allowed, below, 0, 2));
                if (below > 0) {
                    cases.add(chain("length/" + allowed + "-of-" + below + "-self-issued", allowed, below, 1, 0));
                    cases.add(
                            chain("length/" + allowed + "-of-" + below + "-all-self-issued", allowed, below, below, 1));
                }
            }
        }
        Node root = Forge.root("CN=Root", 1);
        Node wide = Forge.authority("CN=Wide", 2).by(root).pathLength(5).make();
        Node narrow = Forge.authority("CN=Narrow", 3).by(wide).pathLength(0).make();
        Node last = Forge.authority("CN=Last", 4).by(narrow).pathLength(7).make();
        List<Node> all = List.of(wide, narrow, last);
        cases.add(PathCase.of(
                "length/narrower-below",
                root,
                all,
                Forge.leaf("CN=Leaf", narrow).make(),
                true));
        cases.add(PathCase.of(
                "length/wider-below-narrow",
                root,
                all,
                Forge.leaf("CN=Leaf", last).make(),
                false));
        cases.add(PathCase.of("length/authority-as-last", root, all, last, true));
        return cases;
    }

    /**
     * A limited authority with others below it.
     *
     * @param selfIssued how many of those below have the name of the one above them
     * @param above unlimited authorities between the anchor and the limited one
     */
    private static PathCase chain(String id, int allowed, int below, int selfIssued, int above) {
        Node root = Forge.root("CN=Root", 1);
        List<Node> others = new ArrayList<>();
        Node last = root;
        int key = 2;
        for (int i = 0; i < above; i++) {
            last = Forge.authority("CN=Above " + i, key++).by(last).make();
            others.add(last);
        }
        last = Forge.authority("CN=Limited", key++).by(last).pathLength(allowed).make();
        others.add(last);
        for (int i = 0; i < below; i++) {
            String name = i < selfIssued ? last.name() : "CN=Below " + i;
            last = Forge.authority(name, key++).by(last).make();
            others.add(last);
        }
        return PathCase.of(id, root, others, Forge.leaf("CN=Leaf", last).make(), below - selfIssued <= allowed);
    }
}

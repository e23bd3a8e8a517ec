package no.sertsynk.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.service.admin.Routes.Route;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The description against the routes that there are. */
class OpenApiTest {
    private static final String DESCRIPTION = "/openapi.json";

    /** Each operation with whether it needs no token, as "GET /path open". */
    private static Set<String> described() {
        Set<String> operations = new TreeSet<>();
        byte[] text = StaticFiles.get(DESCRIPTION).orElseThrow().body();
        try (JsonParser parser =
                new JsonFactory().createParser(ObjectReadContext.empty(), new String(text, StandardCharsets.UTF_8))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("paths")) {
                    paths(parser, operations);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return operations;
    }

    private static void paths(JsonParser parser, Set<String> operations) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = parser.currentName();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String method = parser.currentName().toUpperCase(Locale.ROOT);
                parser.nextToken();
                operations.add(method + " " + path + (isOpen(parser) ? " open" : ""));
            }
        }
    }

    private static boolean isOpen(JsonParser parser) {
        boolean open = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            open |= parser.currentName().equals("security");
            parser.nextToken();
            parser.skipChildren();
        }
        return open;
    }

    @Test
    void description_namesEveryRouteAndNoOther() {
        Set<String> served = new TreeSet<>(Set.of("GET " + DESCRIPTION + " open"));
        for (Route route : new Routes(new WordedDesk()).all()) {
            served.add(route.method() + " " + route.path() + (route.open() ? " open" : ""));
        }

        assertThat(described()).isEqualTo(served);
    }
}

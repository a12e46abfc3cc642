package io.abgate.loadtest.traffic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What the load test reads of an answer of the Open Inference Protocol, in one pass without a tree.
 *
 * @param version empty when the answer does not say
 * @param route why that one answered
 * @param label of the first row
 * @param predictionId of the first row
 */
record Answer(String version, String route, String label, String predictionId) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static Answer read(byte[] body) throws IOException {
        try (JsonParser json = FACTORY.createParser(body)) {
            Reader reader = new Reader(json);
            reader.object(reader::field);
            return new Answer(reader.version, reader.route, reader.label, reader.id);
        }
    }

    private interface Field {
        void read(String name) throws IOException;
    }

    private static final class Reader {
        private final JsonParser json;
        private String version = "";
        private String route = "";
        private String label = "";
        private String id = "";
        private String output = "";

        private Reader(JsonParser json) throws IOException {
            this.json = json;
            json.nextToken();
        }

        private void object(Field field) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                field.read(name);
            }
        }

        private void field(String name) throws IOException {
            switch (name) {
                case "model_version" -> version = json.getValueAsString("");
                case "parameters" -> object(this::parameter);
                case "outputs" -> outputs();
                default -> json.skipChildren();
            }
        }

        private void parameter(String name) throws IOException {
            switch (name) {
                case "route" -> route = json.getValueAsString("");
                case "prediction_id" -> {
                    String ids = json.getValueAsString("");
                    int comma = ids.indexOf(',');
                    id = comma < 0 ? ids : ids.substring(0, comma);
                }
                default -> json.skipChildren();
            }
        }

        private void outputs() throws IOException {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                output = "";
                object(this::outputField);
            }
        }

        // the name of an output comes before its data, as gateways write it
        private void outputField(String name) throws IOException {
            if (name.equals("name")) {
                output = json.getValueAsString("");
            } else if (name.equals("data") && output.equals("label") && json.nextToken() != JsonToken.END_ARRAY) {
                label = json.getValueAsString("");
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
        }
    }
}

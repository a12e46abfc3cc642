package io.abgate.loadtest.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void readsWhatAGatewayWrites() throws IOException {
        Answer answer = read("""
                {"id":"7","model_name":"mail","model_version":"4",
                 "parameters":{"route":"canary","route_epoch":12,"prediction_id":"abc,def","more":{"a":[1]}},
                 "outputs":[{"name":"confidence","datatype":"FP64","shape":[2],"data":[0.5,0.6]},
                            {"name":"label","datatype":"BYTES","shape":[2],"data":["spam","ham"]},
                            {"name":"probabilities","datatype":"FP64","shape":[2,2],"data":[[0.5,0.5],[1,0]]}]}""");
        assertThat(answer).isEqualTo(new Answer("4", "canary", "spam", "abc"));
    }

    @Test
    void takesWhatIsMissingAsEmpty() throws IOException {
        assertThat(read("{\"outputs\":[{\"name\":\"label\",\"data\":[]}]}")).isEqualTo(new Answer("", "", "", ""));
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> read("[1]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"model_version\":")).isInstanceOf(IOException.class);
    }

    private static Answer read(String json) throws IOException {
        return Answer.read(json.getBytes(StandardCharsets.UTF_8));
    }
}

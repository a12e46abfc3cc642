package io.abgate.gateway.inference;

import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One input of a {@link CommonRequest}: its four fields in any order, each once; data flat, or an array a row. */
final class CommonInput {
    private static final byte[][] FIELDS = CommonRequest.names("name", "datatype", "shape", "data");
    private static final int ALL = (1 << FIELDS.length) - 1;
    private static final Datatype[] DATATYPES = Datatype.values();
    private static final byte[][] DATATYPE_NAMES =
            CommonRequest.names(Arrays.stream(DATATYPES).map(Datatype::name).toArray(String[]::new));
    private static final int FLAT = -1;

    private final JsonCursor json;
    private final TensorSpec expected;
    private final Elements elements = new Elements();
    private Datatype datatype = Datatype.BYTES;
    private List<Long> shape = List.of();
    /** Elements in every row of nested data. */
    private int rowLength = FLAT;

    private int rows;

    CommonInput(JsonCursor json, TensorSpec expected) {
        this.json = json;
        this.expected = expected;
    }

    boolean read() {
        int seen = 0;
        if (!json.take('{')) {
            return false;
        }
        do {
            int field = json.field(FIELDS);
            if (field == JsonCursor.UNKNOWN || (seen & 1 << field) != 0 || !readField(field)) {
                return false;
            }
            seen |= 1 << field;
        } while (json.take(','));
        return seen == ALL && json.take('}');
    }

    private boolean readField(int field) {
        return switch (field) {
            case 0 -> expected.name().equals(json.string());
            case 1 -> readDatatype();
            case 2 -> json.take('[') && readShape();
            default -> json.take('[') && readData();
        };
    }

    private boolean readDatatype() {
        int place = json.word(DATATYPE_NAMES);
        if (place == JsonCursor.UNKNOWN) {
            return false;
        }
        datatype = DATATYPES[place];
        return true;
    }

    /** One dimension or two. */
    private boolean readShape() {
        long first = json.count();
        if (!json.take(',')) {
            shape = List.of(first);
            return first >= 0 && json.take(']');
        }
        long second = json.count();
        shape = List.of(first, second);
        return first >= 0 && second >= 0 && json.take(']');
    }

    private boolean readData() {
        if (json.take(']')) {
            return true;
        }
        if (!json.isNext('[')) {
            return readElements();
        }
        do {
            if (!json.take('[') || !readRow()) {
                return false;
            }
        } while (json.take(','));
        return json.take(']');
    }

    private boolean readRow() {
        int before = elements.count();
        if (!readElements()) {
            return false;
        }
        int length = elements.count() - before;
        boolean isAsLong = rows == 0 || length == rowLength;
        rowLength = length;
        rows++;
        return isAsLong;
    }

    /** From behind the bracket that opens an array to behind the one that closes it; at least one element. */
    private boolean readElements() {
        do {
            if (!(json.isNext('"') ? readString() : readNumber())) {
                return false;
            }
        } while (json.take(','));
        return json.take(']');
    }

    private boolean readString() {
        String text = json.string();
        if (text == null) {
            return false;
        }
        elements.addString(text);
        return true;
    }

    private boolean readNumber() {
        double number = json.number();
        if (Double.isNaN(number)) {
            return false;
        }
        elements.addNumber(number);
        return true;
    }

    /** The input, if its elements are as many and of the kind that it says. */
    @Nullable
    Tensor toTensor() {
        long due = 1;
        for (long dimension : shape) {
            due *= dimension;
        }
        boolean isNestedRight =
                rowLength == FLAT || (shape.size() == 2 && shape.get(0) == rows && shape.get(1) == rowLength);
        return due == elements.count() && isNestedRight && elements.isSound(datatype)
                ? elements.toTensor(expected.name(), datatype, shape)
                : null;
    }
}

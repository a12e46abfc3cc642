package io.abgate.model.dense;

/**
 * Products with four rows at once and two inputs at a time: weights are read once for four rows, and sums read and written
 * once for two inputs, where a row alone reads and writes them for each. What processors spend on a product is reads and
 * writes. The register blocking of the micro-kernel of BLIS (Van Zee and van de Geijn, ACM TOMS 41, 2015), but with every sum
 * in the order that a row alone has.
 */
final class MicroKernel {
    /** So many rows are multiplied at once. */
    static final int ROWS = 4;

    private MicroKernel() {}

    /**
     * Adds rows × weights to the sums, in ascending order of inputs.
     *
     * @param rows {@link #ROWS} × inputs
     * @param weights those that leave one input lie side by side
     * @param sums {@link #ROWS} × outputs
     */
    static void addProduct(double[][] rows, double[] weights, double[][] sums) {
        int inputs = rows[0].length;
        int outputs = sums[0].length;
        int even = inputs & ~1;
        for (int input = 0; input < even; input += 2) {
            addPair(rows, input, weights, input * outputs, sums);
        }
        if (even < inputs) {
            for (int row = 0; row < ROWS; row++) {
                addOne(rows[row][even], weights, even * outputs, sums[row]);
            }
        }
    }

    private static void addPair(double[][] rows, int input, double[] weights, int first, double[][] sums) {
        double a0 = rows[0][input];
        double a1 = rows[0][input + 1];
        double b0 = rows[1][input];
        double b1 = rows[1][input + 1];
        double c0 = rows[2][input];
        double c1 = rows[2][input + 1];
        double d0 = rows[3][input];
        double d1 = rows[3][input + 1];
        double[] a = sums[0];
        double[] b = sums[1];
        double[] c = sums[2];
        double[] d = sums[3];
        int second = first + a.length;
        for (int i = 0; i < a.length; i++) {
            double w0 = weights[first + i];
            double w1 = weights[second + i];
            a[i] = a[i] + a0 * w0 + a1 * w1;
            b[i] = b[i] + b0 * w0 + b1 * w1;
            c[i] = c[i] + c0 * w0 + c1 * w1;
            d[i] = d[i] + d0 * w0 + d1 * w1;
        }
    }

    private static void addOne(double value, double[] weights, int first, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += value * weights[first + i];
        }
    }
}

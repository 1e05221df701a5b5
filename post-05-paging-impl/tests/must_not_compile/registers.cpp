// The kernel uses no floating-point registers: an interrupt would have to save them.

double halved(int number);
int doubled(int number) {
    return number * 2;
}

// clang-format off
double halved(int number) { return number / 2.0; } // must not compile: SSE
// clang-format on

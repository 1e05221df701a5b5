// A format string that does not fit its arguments. See common/rings/must_not_compile_test.cpp.

#include "console/console.hpp"
#include "console/panic.hpp"

using namespace kernel;

struct Unprintable {};

void wrong_format_strings(int number, const char* text) {
    println("{} {:#x} {:#018x} {:5}", number, number, number, text);
    println("{}");                  // must not compile: there are more fields than arguments
    println("{} {}", number);       // must not compile: there are more fields than arguments
    println("none", number);        // must not compile: there are more arguments than fields
    println("{} none", number, 2);  // must not compile: there are more arguments than fields
    println("{", number);           // must not compile: a '{' without its '}'
    println("} {}", number);        // must not compile: a '}' without its '{'
    println("{} }", number);        // must not compile: or a single brace
    println("{:q}", number);        // must not compile: a field is {} or {:
    println("{0}", number);         // must not compile: a field is {} or {:
    println("{{}}", number);        // must not compile: a field is {} or {:
    println("{:81}", number);       // must not compile: wider than the screen
    println("{:x}", text);          // must not compile: the argument cannot be printed
    println("{:05}", text);         // must not compile: the argument cannot be printed
    println("{:5}", Unprintable{}); // must not compile: the argument cannot be printed
    println("{}", Unprintable{});   // must not compile: write_value
    println("{}", true);            // must not compile: write_value
    println("{:05}", 'x');          // must not compile: the argument cannot be printed
    println("{:x}", &number);       // must not compile: the argument cannot be printed
    println(text);                  // must not compile: constant expression
    panic("{}");                    // must not compile: there are more fields than arguments
}

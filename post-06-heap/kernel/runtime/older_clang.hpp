// For clang before version 16: what it says of itself, put right for the standard library's
// headers. The Makefile includes this in front of every file when clang compiles.
#pragma once

#if __clang_major__ < 16

// At run time it takes the branches that are for constant evaluation, if they are asked for with
// `if consteval`; with the older builtin, which the headers use otherwise, it does not.
#undef __cpp_if_consteval

// <expected> asks for a promise that is all but kept; <variant> relies on the rest of it, and is
// therefore read before.
#include <variant>
#undef __cpp_concepts
#define __cpp_concepts 202002L

#endif

# Kinds of build; without a word it is Release. Assertions stay on in all of them: they cost little and tell much.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_C_FLAGS_DEBUG "-O0 -g")
set(CMAKE_C_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_SANITIZED "-O1 -g")

# One interface target carries every compiler flag; nothing is global.
set(PARK_SANITIZE "" CACHE STRING "value of -fsanitize=, empty for none")
option(PARK_FUZZ "build the libFuzzer harnesses (clang)" OFF)

add_library(park_flags INTERFACE)
target_compile_definitions(park_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_compile_options(park_flags INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
  -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wno-format-nonliteral
  $<$<C_COMPILER_ID:GNU>:-Wno-override-init> $<$<C_COMPILER_ID:Clang>:-Wno-initializer-overrides>
  -ffp-contract=off -fno-math-errno -fvisibility=hidden)
if(PARK_SANITIZE)
  target_compile_options(park_flags INTERFACE -fsanitize=${PARK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  string(REPLACE "fuzzer-no-link," "" _park_link_sanitize "${PARK_SANITIZE}")
  target_link_options(park_flags INTERFACE -fsanitize=${_park_link_sanitize})
endif()
target_link_libraries(park_flags INTERFACE m)

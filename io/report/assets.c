/* The files of assets/, bound in by the assembler and ended by NUL. PARK_ASSETS is their folder, given by CMake. */
#include "report/assets.h"

#define BIND(symbol, file)                                                                                   \
    __asm__(".section .rodata\n.global " #symbol "\n.type " #symbol ", @object\n" #symbol                    \
            ":\n.incbin \"" PARK_ASSETS "/" file "\"\n.byte 0\n.size " #symbol ", . - " #symbol              \
            "\n.previous\n")

BIND(park_asset_style, "style.css");
BIND(park_asset_script, "script.js");
BIND(park_asset_charts, "echarts.min.js");
BIND(park_asset_charts_notice, "echarts.NOTICE");

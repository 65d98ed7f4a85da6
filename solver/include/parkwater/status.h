/*
 * status.h - what a call returns, and the record that says why it failed.
 * Exit statuses of the program are mapped from these in one place (scenarios/cli).   Looks down on: nothing.
 */
#ifndef PARKWATER_STATUS_H
#define PARKWATER_STATUS_H

#include <stdint.h>

#if defined(__GNUC__)
#define PARK_MUST_CHECK __attribute__((warn_unused_result))
#define PARK_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define PARK_MUST_CHECK
#define PARK_PRINTF(fmt, first)
#endif

/* X(name, value, English sentence, Chinese sentence) */
#define PARK_STATUS_LIST(X)                                                                                  \
    X(PARK_OK, 0, "done", "完成")                                                                            \
    X(PARK_E_MEMORY, 1, "not enough memory", "内存不足")                                                     \
    X(PARK_E_INPUT, 2, "the input cannot be read", "输入无法读取")                                           \
    X(PARK_E_RANGE, 3, "a value is outside its range", "数值超出范围")                                       \
    X(PARK_E_INFEASIBLE, 4, "no design meets all constraints", "没有方案满足全部约束")                       \
    X(PARK_E_NUMERIC, 5, "a numerical method failed", "数值计算失败")                                        \
    X(PARK_E_FILE, 6, "a file or the system failed", "文件或系统出错")                                       \
    X(PARK_E_CANCELLED, 7, "interrupted", "已中断")                                                          \
    X(PARK_E_INTERNAL, 8, "internal error", "内部错误")                                                      \
    X(PARK_E_UNSUPPORTED, 9, "not in this version", "本版本尚不支持")

typedef enum park_status {
#define PARK_STATUS_ENUM(name, value, en, zh) name = value,
    PARK_STATUS_LIST(PARK_STATUS_ENUM)
#undef PARK_STATUS_ENUM
} park_status;

/* The caller's record of a failure. Fixed buffers: it works out of memory. Zero-initialise with {0}. */
typedef struct park_error {
    park_status status;
    char        message[512]; /* one English sentence for the planner */
    char        place[160];   /* where in the input or the park, may be empty */
    const char *file;         /* our source file and line, for us */
    int         line;
} park_error;

const char *park_status_name(park_status status);
const char *park_status_sentence(park_status status);    /* English */
const char *park_status_sentence_zh(park_status status); /* Chinese */

/* Fill `err` (may be NULL) and return `status`. Use through PARK_FAIL. Thread-safe; no allocation. */
park_status park_error_set(park_error *err, park_status status, const char *file, int line, const char *fmt,
                           ...) PARK_PRINTF(5, 6);
/* Name the place of a failure already recorded, unless one stands there; returns err's status. */
park_status park_error_at(park_error *err, const char *place);

#define PARK_FAIL(err, status, ...) park_error_set((err), (status), __FILE__, __LINE__, __VA_ARGS__)

/* Pass a failure up: the only macro that hides a return. */
#define PARK_TRY(call)                                                                                       \
    do {                                                                                                     \
        park_status park_try_status_ = (call);                                                               \
        if (park_try_status_ != PARK_OK)                                                                     \
            return park_try_status_;                                                                         \
    } while (0)

#endif

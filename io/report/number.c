#include "report/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES = 15, DECIMALS_MOST = 12 };

/* The `count` leading digits, rounded half to even by what follows; returns true when a digit was carried out. */
static bool round_digits(char *digits, int count)
{
    int  next     = digits[count] - '0';
    bool more     = strspn(digits + count + 1, "0") < strlen(digits + count + 1);
    bool odd      = count > 0 && (digits[count - 1] - '0') % 2 == 1;
    digits[count] = '\0';
    if (next < 5 || (next == 5 && !more && !odd))
        return false;
    for (int i = count - 1; i >= 0; i--) {
        if (digits[i] != '9') {
            digits[i]++;
            return false;
        }
        digits[i] = '0';
    }
    return true;
}

int park_number_print(double value, int decimals, char *buffer, size_t size)
{
    if (!isfinite(value))
        return snprintf(buffer, size, "%s", "");
    decimals = decimals < 0 ? 0 : decimals > DECIMALS_MOST ? DECIMALS_MOST : decimals;
    char text[40];
    snprintf(text, sizeof text, "%.*e", FIGURES - 1, fabs(value));
    int  exponent = atoi(strchr(text, 'e') + 1);
    char digits[FIGURES + 4];
    digits[0] = text[0];
    memcpy(digits + 1, text + 2, FIGURES - 1);
    digits[FIGURES] = '\0';

    int  keep    = exponent + 1 + decimals; /* digits that stay */
    bool carried = false;
    if (keep < 0)
        digits[0] = '\0', keep = 0;
    else if (keep < FIGURES)
        carried = round_digits(digits, keep);
    else
        keep = FIGURES;

    char plain[400];
    int  at = 0, whole = exponent + 1; /* digits before the point */
    if (carried) {
        memmove(digits + 1, digits, strlen(digits) + 1);
        digits[0] = '1';
        whole++;
        keep++;
    }
    bool zero = strspn(digits, "0") == strlen(digits);
    if (value < 0.0 && !zero)
        plain[at++] = '-';
    /* A value below one begins with the zero before its point. */
    for (int i = whole > 0 ? 0 : whole - 1; i < whole + decimals; i++) {
        if (i == whole && decimals > 0)
            plain[at++] = '.';
        plain[at++] = i >= 0 && i < keep ? digits[i] : '0';
    }
    plain[at] = '\0';
    return snprintf(buffer, size, "%s", plain);
}

// The token of a server that others can reach. A browser puts no header on links and event streams, so that with a
// token both go by fetch.

const key = "dyad-token";

export const token = (): string => sessionStorage.getItem(key) ?? "";
export const setToken = (value: string): void => sessionStorage.setItem(key, value);
export const authorized = (): Record<string, string> => (token() ? { Authorization: "Bearer " + token() } : {});

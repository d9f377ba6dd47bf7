/** The JavaScript SDK, as much of it as logging in takes. `facebook` is the address of the emulator's facebook.com. */
export function sdkScript(facebook: string): string {
  return `(${SDK})(${JSON.stringify(facebook)});\n`;
}

/** Runs in the app's page, which is why it stands here as text. */
const SDK = `function (facebook) {
  "use strict";
  var source = document.currentScript ? document.currentScript.getAttribute("src") || "" : "";
  var listeners = {};
  var settings = null;
  var status = "unknown";
  var authResponse = null;

  function answer() {
    return { authResponse: authResponse, status: status };
  }

  function tell(event) {
    (listeners[event] || []).slice().forEach(function (listener) { listener(answer()); });
  }

  function become(next, response) {
    var before = status;
    status = next;
    authResponse = response;
    if (before !== next) tell("auth.statusChange");
    if (next === "connected") tell("auth.login");
  }

  function init(given) {
    if (!given || !given.version) throw new Error("init not called with valid version");
    if (!given.appId) return console.error("FB.init called without an appId.");
    settings = { appId: String(given.appId), version: given.version };
  }

  // Pop-ups work from https, and from this very machine.
  function maySpeak(method) {
    var local = ["localhost", "127.0.0.1", "[::1]"].indexOf(location.hostname) >= 0;
    if (location.protocol === "https:" || local) return true;
    console.error("The method FB." + method + " can no longer be called from http pages.");
    return false;
  }

  function login(callback, options) {
    if (!settings) return console.error("FB.login() called before FB.init().");
    if (!maySpeak("login")) return;
    if (callback && callback.constructor.name === "AsyncFunction")
      throw new Error("Expression is of type asyncfunction, not function");
    options = options || {};
    var cb = "f" + Math.random().toString(16).slice(2);
    var asked = Object.assign({}, options, {
      client_id: settings.appId,
      display: "popup",
      sdk: "joey",
      origin: location.origin,
      domain: location.hostname,
      cb: cb,
      response_type: options.override_default_response_type
        ? options.response_type
        : "token,signed_request,graph_domain" + (options.return_scopes ? ",granted_scopes" : "")
    });
    var url = new URL(facebook + "/" + settings.version + "/dialog/oauth");
    Object.keys(asked).forEach(function (name) {
      if (asked[name] !== undefined && asked[name] !== null) url.searchParams.set(name, String(asked[name]));
    });
    var popup = window.open(url.href, cb, "width=600,height=720,resizable=yes,scrollbars=yes");
    // The browser blocked it: like Facebook's own, the callback is never called.
    if (!popup) return;
    var done = false;
    function finish(next, response) {
      if (done) return;
      done = true;
      clearInterval(watch);
      window.removeEventListener("message", listen);
      become(next, response);
      if (callback) callback(answer());
    }
    function listen(event) {
      if (event.origin !== new URL(facebook).origin || !event.data || event.data.facebook !== cb) return;
      var params = event.data.params;
      if (params.error) finish("unknown", null);
      else finish("connected", readParams(params));
      if (!popup.closed) popup.close();
    }
    window.addEventListener("message", listen);
    var watch = setInterval(function () {
      if (!popup.closed) return;
      clearInterval(watch);
      // What was said just before it closed still arrives.
      setTimeout(function () { finish("unknown", null); }, 250);
    }, 100);
  }

  function readParams(params) {
    var response = {};
    if (params.access_token) {
      var payload = params.signed_request.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
      response.accessToken = params.access_token;
      response.userID = JSON.parse(atob(payload)).user_id;
      response.expiresIn = Number(params.expires_in);
      response.signedRequest = params.signed_request;
      response.graphDomain = params.graph_domain;
      response.data_access_expiration_time = Number(params.data_access_expiration_time);
    }
    if (params.code) response.code = params.code;
    if (params.granted_scopes !== undefined) response.grantedScopes = params.granted_scopes;
    return response;
  }

  function getLoginStatus(callback, again) {
    if (!settings) return console.error("FB.getLoginStatus() called before FB.init().");
    if (!maySpeak("getLoginStatus")) return;
    if (status === "connected" && !again) {
      if (callback) callback(answer());
      return;
    }
    var query = new URLSearchParams({ client_id: settings.appId, origin: location.origin });
    fetch(facebook + "/x/oauth/status?" + query, { credentials: "include" })
      .then(function (response) { return response.json(); })
      .catch(function () { return { status: "unknown", params: null }; })
      .then(function (known) {
        become(known.status, known.params && readParams(known.params));
        if (callback) callback(answer());
      });
  }

  function logout(callback) {
    if (!authResponse) return console.error("FB.logout() called without an access token.");
    become("unknown", null);
    tell("auth.logout");
    if (callback) callback(answer());
  }

  window.FB = {
    init: init,
    login: login,
    logout: logout,
    getLoginStatus: getLoginStatus,
    getAuthResponse: function () { return authResponse; },
    getAccessToken: function () { return (authResponse && authResponse.accessToken) || null; },
    getUserID: function () { return (authResponse && authResponse.userID) || ""; },
    Event: {
      subscribe: function (event, listener) { listeners[event] = (listeners[event] || []).concat(listener); },
      unsubscribe: function (event, listener) {
        listeners[event] = (listeners[event] || []).filter(function (one) { return one !== listener; });
      }
    },
    AppEvents: { logPageView: function () {} },
    XFBML: { parse: function () {} }
  };
  var hash = new URLSearchParams(source.split("#")[1] || "");
  if (hash.get("appId")) init({ appId: hash.get("appId"), version: hash.get("version") });
  if (typeof window.fbAsyncInit === "function") window.fbAsyncInit();
}`;
